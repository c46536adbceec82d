package main

import (
	"context"
	"fmt"
)

// restoredCmd is `huifang restored`.
type restoredCmd struct{}

// Run begins a new epoch.
func (c *restoredCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	in, err := cfg.open(ctx, t)
	if err != nil {
		return err
	}
	defer in.close()
	epoch, err := in.care.Restored(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "epoch %s: phones begin anew, and offer again what this backup does not have\n", epoch)
	return nil
}
