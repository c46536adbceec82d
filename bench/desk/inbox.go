package main

import (
	"context"
	"fmt"
	"time"

	"huifang/bench/measure"
	"huifang/care"
	"huifang/models"
)

// inboxTarget is how long the first page of the exceptions inbox may take.
const inboxTarget = 200 * time.Millisecond

func measureInbox(ctx context.Context, d desk) ([]measure.Row, error) {
	var rows []measure.Row
	for _, who := range []struct {
		name string
		user models.User
	}{{"manager", d.manager}, {"supervisor", d.supervisors[3]}} {
		var page care.Inbox
		read := func() (err error) {
			page, err = d.service.Inbox(as(ctx, who.user), care.InboxInput{}, care.Page{First: 50})
			return err
		}
		usage, err := d.timed(read)
		if err != nil {
			return nil, err
		}
		asked, statements := models.CountStatements(as(ctx, who.user))
		if _, err := d.service.Inbox(asked, care.InboxInput{}, care.Page{First: 50}); err != nil {
			return nil, err
		}
		note := fmt.Sprintf("%s; %d statements", counted(page), *statements)
		rows = append(rows, measure.Within("first page of the inbox, "+who.name, inboxTarget, usage, note))
	}
	return rows, nil
}

// counted is how many rows there were to sort.
func counted(page care.Inbox) string {
	n, kinds := 0, 0
	for _, c := range page.Counts {
		n += c.N
		if c.N > 0 {
			kinds++
		}
	}
	return fmt.Sprintf("%d exceptions of %d kinds", n, kinds)
}
