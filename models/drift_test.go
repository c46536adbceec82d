package models_test

import (
	"database/sql"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/ncruces/go-sqlite3/driver"
	"gorm.io/gorm/schema"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// nouns is every struct that is a table. A migration that adds a table adds its struct here, or the test fails.
var nouns = []any{
	models.Company{}, models.Shop{}, models.Team{}, models.User{}, models.Session{}, models.Leave{}, models.Holiday{},
	models.Policy{}, models.Audit{}, models.Lease{}, models.Account{}, models.Member{}, models.AccountDate{},
	models.AccountTag{}, models.Assignment{}, models.Cover{}, models.Pause{}, models.Product{}, models.Purchase{},
	models.PurchaseLine{}, models.Return{}, models.Override{}, models.Projection{}, models.PlanItem{}, models.ShedItem{},
	models.ContactLog{}, models.Case{}, models.CaseStep{}, models.Command{}, models.Replan{}, models.ForecastModel{},
	models.Feed{}, models.FeedEntry{},
	models.Device{}, models.Operation{}, models.CommandCounter{},
	models.Photo{},
	models.Move{}, models.MovedAccount{}, models.Review{}, models.Snooze{}, models.JointRequest{}, models.DryRun{},
	models.Foretold{},
	models.StandingChange{}, models.GradeProposal{}, models.TierCuts{},
}

// columns is what both sides must agree on: "users.store_id" → "key null".
type columns map[string]string

func TestTheSchemaIsThatOfTheStructs(t *testing.T) {
	modelstest.EachConfig(t, func(t *testing.T, c models.Config, _ *modelstest.Clock) {
		if diff := cmp.Diff(ofStructs(t), ofDatabase(t, c)); diff != "" {
			t.Errorf("structs and %s differ (-structs +database)\n%s", t.Name(), diff)
		}
	})
}

func ofStructs(t *testing.T) columns {
	out := columns{}
	var cache sync.Map
	for _, noun := range nouns {
		s, err := schema.Parse(noun, &cache, schema.NamingStrategy{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range s.Fields {
			out[s.Table+"."+f.DBName] = family(t, f)
		}
	}
	return out
}

func family(t *testing.T, f *schema.Field) string {
	if _, ok := f.TagSettings["SERIALIZER"]; ok { // JSON; of a struct there always is some
		if f.IndirectFieldType.Kind() == reflect.Struct {
			return "text"
		}
		return "text null"
	}
	kind, null := goKind(t, f), f.FieldType.Kind() == reflect.Pointer
	if kind == "bytes" {
		null = !f.NotNull
	}
	if f.PrimaryKey {
		kind += " primary"
	}
	if null {
		kind += " null"
	}
	return kind
}

func goKind(t *testing.T, f *schema.Field) string {
	switch f.IndirectFieldType {
	case reflect.TypeFor[id.ID]():
		return "key"
	case reflect.TypeFor[civil.Date]():
		return "day"
	case reflect.TypeFor[time.Time]():
		return "instant"
	}
	switch f.IndirectFieldType.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "bool"
	case reflect.Int, reflect.Int64:
		return "int"
	case reflect.Float64:
		return "float"
	case reflect.Slice, reflect.Map:
		if f.IndirectFieldType.Kind() == reflect.Slice && f.IndirectFieldType.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return "text" // JSON
	}
	t.Fatalf("no family of columns for %s.%s", f.Schema.Name, f.Name)
	return ""
}

// The families of the declared types of each dialect. SQLite has one BLOB for keys and bytes: the name tells.
var families = map[string]string{
	"binary(16)": "key", "int": "int", "integer": "int", "bigint": "int", "double": "float", "real": "float",
	"boolean": "bool", "tinyint": "bool", "date": "day", "datetime": "instant", "text": "text", "varchar": "text",
	"blob": "bytes", "longblob": "bytes", "varbinary": "bytes",
}

const sqliteColumns = `SELECT m.name, c.name, lower(c.type), c."notnull", c.pk > 0
	FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`

// Generated columns are left out: they stand in for partial indexes.
const mysqlColumns = `SELECT table_name, column_name, IF(data_type = 'binary', column_type, data_type), is_nullable = 'NO', column_key = 'PRI'
	FROM information_schema.columns WHERE table_schema = DATABASE() AND extra NOT LIKE '%GENERATED%'`

func ofDatabase(t *testing.T, c models.Config) columns {
	db, query := raw(t, c), sqliteColumns
	if c.DSN != "" {
		query = mysqlColumns
	}
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := columns{}
	for rows.Next() {
		var table, name, kind string
		var required, primary bool
		if err := rows.Scan(&table, &name, &kind, &required, &primary); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(table, "goose_") {
			out[table+"."+name] = declared(t, c, table, name, kind, required, primary)
		}
	}
	return out
}

func declared(t *testing.T, c models.Config, table, name, kind string, required, primary bool) string {
	f := families[kind]
	if f == "" {
		t.Errorf("%s.%s has the type %q, which no struct can hold", table, name, kind)
	}
	if kind == "blob" && c.DSN == "" && isKey(name) {
		f = "key"
	}
	if primary {
		f += " primary"
	}
	if !required {
		f += " null"
	}
	return f
}

func isKey(name string) bool {
	keys := []string{"id", "epoch", "holder", "moved_to"}
	return strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_by") || slices.Contains(keys, name)
}

// raw opens the database beside the store.
func raw(t *testing.T, c models.Config) *sql.DB {
	t.Helper()
	var db *sql.DB
	var err error
	if c.DSN != "" {
		db, err = sql.Open("mysql", c.DSN)
	} else {
		db, err = driver.Open("file:" + c.Path)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

const (
	sqliteIndexes = `SELECT i.name || CASE WHEN i."unique" THEN ' unique' ELSE '' END
		FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i.origin = 'c'`
	mysqlIndexes = `SELECT DISTINCT CONCAT(index_name, IF(non_unique, '', ' unique'))
		FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY'
		AND table_name <> 'goose_db_version'`
)

// TestTheDialectsHaveTheSameIndexes compares by name: MySQL keeps generated columns where SQLite has partial indexes, and
// indexes every foreign key by itself.
func TestTheDialectsHaveTheSameIndexes(t *testing.T) {
	found := map[models.Dialect][]string{}
	modelstest.EachConfig(t, func(t *testing.T, c models.Config, _ *modelstest.Clock) {
		dialect, query := models.SQLite, sqliteIndexes
		if c.DSN != "" {
			dialect, query = models.MySQL, mysqlIndexes
		}
		rows, err := raw(t, c).Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_fk") {
				found[dialect] = append(found[dialect], name)
			}
		}
		slices.Sort(found[dialect])
	})
	if found[models.MySQL] == nil {
		t.Skip("only one engine is here")
	}
	if diff := cmp.Diff(found[models.SQLite], found[models.MySQL]); diff != "" {
		t.Errorf("indexes differ (-sqlite +mysql)\n%s", diff)
	}
	if len(found[models.SQLite]) < 40 {
		t.Errorf("too few indexes: %v", found)
	}
}
