package care

import (
	"fmt"
	"reflect"
)

// difference collects the columns in which two rows differ, and what the audit may say of them: old and new, or of what
// is sensitive only that it changed (D10, D23).
type difference struct {
	columns []string
	detail  map[string]any
}

func differ[T any](d *difference, column string, old, now T) {
	if same(old, now) {
		return
	}
	d.columns = append(d.columns, column)
	d.tell(column, old, now)
}

// mostTold is how long values are that an audit repeats: all of an account must fit into its column.
const mostTold = 500

// tell notes old and new of what is no column, or of one; of long ones only that they changed.
func (d *difference) tell(what string, old, now any) {
	if len(fmt.Sprint(old))+len(fmt.Sprint(now)) > mostTold {
		d.detail[what] = "changed"
		return
	}
	d.detail[what] = []any{old, now}
}

func (d *difference) secret(column string, same bool) {
	if same {
		return
	}
	d.columns = append(d.columns, column)
	d.detail[column] = "changed"
}

// same compares two values by what they hold; an empty list is the same as none.
func same(a, b any) bool {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	if x.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(a, b)
}
