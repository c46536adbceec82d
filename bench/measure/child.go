package measure

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
)

// Child runs this program again with other arguments and reads the JSON it prints into result. Only a process of its
// own has a peak of memory that is not that of preparing the data.
func Child(ctx context.Context, result any, args ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%v: %w", args, err)
	}
	return json.Unmarshal(out.Bytes(), result)
}

// Answer is what a child prints for its parent.
func Answer(result any) error { return json.NewEncoder(os.Stdout).Encode(result) }
