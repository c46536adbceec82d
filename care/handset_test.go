package care_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"

	"huifang/auth"
	"huifang/care"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/seal"
)

// desk runs the commands of a test: the document is the name of a use case, the variables are its input.
type desk struct{ w *world }

func (desk) Name(document string) (string, error) {
	if document == "" {
		return "", care.Invalid("document", "is none").By("TrustedDocument")
	}
	return document, nil
}

// errLost is a failure that is nobody's fault.
var errLost = errors.New("the database went away")

func (d desk) Run(ctx context.Context, document, variables string) error {
	switch document {
	case "LogContact":
		return running(ctx, variables, d.w.LogContact)
	case "PlanContact":
		return running(ctx, variables, d.w.PlanContact)
	case "RescheduleItem":
		return running(ctx, variables, d.w.Reschedule)
	case "OrderDay":
		return running(ctx, variables, d.w.OrderDay)
	case "AskLeave":
		return running(ctx, variables, d.w.AskLeave)
	case "SetTags":
		return running(ctx, variables, func(ctx context.Context, in tagging) ([]string, error) {
			return d.w.SetTags(ctx, in.Account, in.Tags)
		})
	case "Edit":
		return running(ctx, variables, func(ctx context.Context, in editing) (models.Account, error) {
			edit := care.EditFile{ID: in.ID, AccountID: in.Account, Version: in.Version}
			edit.Job = care.Some(in.Job)
			return d.w.EditFile(ctx, edit)
		})
	case "AnswerReview":
		return running(ctx, variables, d.w.AnswerReview)
	case "LogAndTag": // two writes
		return errors.Join(running(ctx, variables, d.w.LogContact), d.tagged(ctx, variables))
	case "LogAndFail": // the change is made, reading what came of it fails
		return errors.Join(running(ctx, variables, d.w.LogContact), errLost)
	case "Nothing":
		return nil
	}
	return errLost
}

func (d desk) tagged(ctx context.Context, variables string) error {
	return running(ctx, variables, func(ctx context.Context, in care.LogContact) ([]string, error) {
		return d.w.SetTags(ctx, in.AccountID, []string{"见过"})
	})
}

type tagging struct {
	Account id.ID
	Tags    []string
}

type editing struct {
	ID, Account id.ID
	Version     int
	Job         string
}

func running[In, Out any](ctx context.Context, variables string, f func(context.Context, In) (Out, error)) error {
	var in In
	if err := json.Unmarshal([]byte(variables), &in); err != nil {
		return err
	}
	_, err := f(ctx, in)
	return err
}

// handset is a device of a user, from the server's side of the air.
type handset struct {
	w       *world
	viewer  auth.Viewer
	key     []byte // of receipts
	counter int
	waiting []int
}

// handset registers a new device of a user.
func (w *world) handset(u models.User) *handset {
	w.t.Helper()
	return w.handsetOn(u, w.key())
}

func (w *world) handsetOn(u models.User, device id.ID) *handset {
	w.t.Helper()
	w.write(func(tx *models.Tx) error {
		return tx.AddDevice(&models.Device{UserID: u.ID, ID: device, Name: "Phone", CreatedAt: tx.Now, SeenAt: tx.Now})
	})
	h := &handset{w: w, viewer: modelstest.Viewer(u)}
	h.viewer.Device = device
	key, err := w.Vault.Derive(seal.DeviceReceipt, u.ID[:], device[:])
	if err != nil {
		w.t.Fatal(err)
	}
	h.key = key
	return h
}

// does makes a command; log is its own id where the input has one.
func (h *handset) does(document string, input any) care.PushedCommand {
	h.w.t.Helper()
	text, err := json.Marshal(input)
	if err != nil {
		h.w.t.Fatal(err)
	}
	h.counter++
	return care.PushedCommand{
		ID: h.w.key(), Counter: h.counter, WrittenAt: h.w.clock.Now(), Document: document, Variables: string(text),
	}
}

func (h *handset) report() care.DeviceReport {
	return care.DeviceReport{ID: h.viewer.Device, Issued: h.counter, Waiting: h.waiting, App: "1.0"}
}

// push delivers commands and checks what holds for every answer.
func (h *handset) push(commands ...care.PushedCommand) care.Pushed {
	h.w.t.Helper()
	out := got[care.Pushed](h.w.t)(h.w.Push(auth.With(h.w.t.Context(), h.viewer), h.report(), commands, desk{h.w}))
	if len(out.Answers) != len(commands) {
		h.w.t.Fatalf("%d answers for %d commands", len(out.Answers), len(commands))
	}
	for i, a := range out.Answers {
		if err := h.believes(out.Epoch, commands[i], a); err != nil {
			h.w.t.Errorf("answer %d, %+v: %v", i, a, err)
		}
	}
	return out
}

// believes checks an answer as a device does, from the description in the schema alone.
func (h *handset) believes(epoch id.ID, c care.PushedCommand, a care.CommandAnswer) error {
	if a.ID != c.ID {
		return errors.New("it is about another command")
	}
	if a.Status == care.Retry {
		if a.Receipt != "" {
			return errors.New("a receipt for nothing")
		}
		return nil
	}
	sum := sha256.Sum256([]byte(c.Document + "\n" + c.Variables))
	mac := hmac.New(sha256.New, h.key)
	for _, line := range []string{a.ID.String(), hex.EncodeToString(sum[:]), string(a.Status), strconv.FormatInt(a.Sequence, 10), epoch.String()} {
		mac.Write([]byte(line + "\n"))
	}
	given, err := base64.RawURLEncoding.DecodeString(a.Receipt)
	if err != nil || !hmac.Equal(given, mac.Sum(nil)) {
		return errors.New("the receipt is not the server's")
	}
	return nil
}

func (w *world) wantStatus(a care.CommandAnswer, want care.AnswerStatus, code care.Code) {
	w.t.Helper()
	if a.Status != want || a.Code != string(code) {
		w.t.Errorf("answer %+v, want %s %s", a, want, code)
	}
}

// tags reads the tags of an account.
func (w *world) tags(a models.Account) []string {
	w.t.Helper()
	var out []string
	w.write(func(tx *models.Tx) error {
		var err error
		out, err = tx.TagsOf(auth.System(), a.ID)
		return err
	})
	return out
}

// logsOf counts the contacts of an account.
func (w *world) logsOf(a models.Account) []models.ContactLog {
	w.t.Helper()
	var out []models.ContactLog
	w.write(func(tx *models.Tx) error {
		var err error
		out, err = tx.LogsOf(auth.System(), a.ID, models.Cursor{}, 0)
		return err
	})
	return out
}
