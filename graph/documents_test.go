package graph

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func TestCacheForgetsWhatIsNotAskedFor(t *testing.T) {
	var c cache
	asked, forgotten := &ast.QueryDocument{}, &ast.QueryDocument{}
	c.put("asked", asked)
	c.put("forgotten", forgotten)
	filler := strings.Repeat("x", cacheBytes/4)
	for i := range 20 {
		c.put(fmt.Sprint(filler, i), &ast.QueryDocument{})
		if c.get("asked") != asked {
			t.Fatalf("lost after %d fillers", i)
		}
	}
	if c.get("forgotten") != nil {
		t.Error("kept for ever")
	}
	if held := len(c.young) + len(c.old); held > 10 {
		t.Errorf("holds %d documents", held)
	}
}

func TestCacheServesManyAtOnce(t *testing.T) {
	var c cache
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 200 {
				text := fmt.Sprint(strings.Repeat("x", 5000), (i+j)%60)
				if c.get(text) == nil {
					c.put(text, &ast.QueryDocument{})
				}
			}
		})
	}
	all.Wait()
}
