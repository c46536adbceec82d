package care

import (
	"context"
	"errors"
	"io"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
	"huifang/sheets"
)

// ImportFile is one file to import, readable more than once.
type ImportFile struct {
	Name string
	Data io.ReaderAt
	Size int64
}

// ImportInput is what to import; files left nil are left out. Files may name rows of each other.
type ImportInput struct {
	Reps, Accounts, Purchases *ImportFile
	// DryRun checks everything and writes nothing.
	DryRun bool
	// Progress hears how much of a file is done, 0 to 1; it may be nil.
	Progress func(file, step string, share float64)
}

// ImportReport tells what came of an import. With problems nothing was written.
type ImportReport struct {
	DryRun  bool
	Written bool
	Files   []FileReport
	// Logins are the people added who still need a password: reset it, or run the command line with --passwords.
	Logins []string
}

// FileReport tells what came of one file.
type FileReport struct {
	Kind, Name                      string // REPS, ACCOUNTS, PURCHASES; the file's name
	Rows, Added, Updated, Unchanged int    // rows of the file; of purchases the last three count orders
	Problems                        []sheets.Problem
	// More problems were found than are listed.
	More int
}

var (
	// errProblems ends an import that must not be written.
	errProblems = errors.New("the files have problems")
	// errDryRun ends a dry run: what was written is undone.
	errDryRun = errors.New("dry run")
)

// Import loads files for a manager. Bad rows come back in the report, each with what to do; then nothing is written.
// INVALID without a file; CONFLICT when somebody else writes the same numbers at the same time.
func (s *Service) Import(ctx context.Context, in ImportInput) (ImportReport, error) {
	v, err := auth.Authorize(ctx, auth.Import)
	if err != nil {
		return ImportReport{}, err
	}
	return s.importAs(ctx, &v.User, in)
}

// ImportNow is Import on nobody's behalf, for the command line.
func (s *Service) ImportNow(ctx context.Context, in ImportInput) (ImportReport, error) {
	return s.importAs(ctx, nil, in)
}

// importAs runs in one transaction. A transaction that is run again begins with a new importer, so with a new report.
func (s *Service) importAs(ctx context.Context, by *id.ID, in ImportInput) (ImportReport, error) {
	if in.Reps == nil && in.Accounts == nil && in.Purchases == nil {
		return ImportReport{}, Invalid("files", "give at least one file: reps, accounts or purchases")
	}
	var report ImportReport
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		im := newImporter(s, tx, in, by)
		err := im.run()
		report = im.report
		return err
	})
	if errors.Is(err, errProblems) || errors.Is(err, errDryRun) {
		return report, nil
	}
	if err != nil {
		return ImportReport{}, err
	}
	report.Written = true
	return report, nil
}
