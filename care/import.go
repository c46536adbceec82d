package care

import (
	"context"
	"errors"
	"io"
	"slices"

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
	Rows, Added, Updated, Unchanged int
	Problems                        []sheets.Problem
	// More problems were found than are listed.
	More int
}

// mostProblems is how many problems of a file are listed.
const mostProblems = 200

// errProblems ends an import that must not be written.
var errProblems = errors.New("the files have problems")

// Import loads files for a manager. Bad rows come back in the report, each with what to do; then nothing is written.
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

func (s *Service) importAs(ctx context.Context, by *id.ID, in ImportInput) (ImportReport, error) {
	if in.Reps == nil && in.Accounts == nil && in.Purchases == nil {
		return ImportReport{}, Invalid("files", "give at least one file: reps, accounts or purchases")
	}
	var report ImportReport
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		im := importer{Service: s, tx: tx, in: in, by: by, touched: map[id.ID]bool{}, reps: map[id.ID]bool{}}
		err := im.run()
		report = im.report
		return err
	})
	if errors.Is(err, errProblems) || errors.Is(err, errDryRun) {
		return report, nil
	}
	report.Written = err == nil
	return report, err
}

// errDryRun ends a dry run: what was written is undone.
var errDryRun = errors.New("dry run")

// importer is one import in one transaction: check all files, then write all files.
type importer struct {
	*Service
	tx     *models.Tx
	in     ImportInput
	by     *id.ID
	report ImportReport

	users, accounts, products map[string]id.ID // by number; those of the files too
	repRows                   []repRow
	repOf                     map[id.ID]id.ID // the rep of an account
	stores                    map[id.ID]id.ID // the store of a rep
	touched                   map[id.ID]bool  // accounts whose orders changed
	reps                      map[id.ID]bool  // who needs a new plan
}

func (im *importer) run() error {
	im.report.DryRun = im.in.DryRun
	if err := im.known(); err != nil {
		return err
	}
	if err := im.check(); err != nil {
		return err
	}
	if im.bad() {
		return errProblems
	}
	if err := im.write(); err != nil {
		return err
	}
	if im.in.DryRun {
		return errDryRun
	}
	return nil
}

// known reads which numbers there are.
func (im *importer) known() (err error) {
	if im.users, err = im.tx.UserNumbers(); err != nil {
		return err
	}
	if im.accounts, err = im.tx.AccountNumbers(); err != nil {
		return err
	}
	im.products, err = im.tx.ProductNumbers()
	return err
}

func (im *importer) check() error {
	steps := []struct {
		file  *ImportFile
		kind  string
		check func(*FileReport, *ImportFile) error
	}{
		{im.in.Reps, "REPS", im.checkReps},
		{im.in.Accounts, "ACCOUNTS", im.checkAccounts},
		{im.in.Purchases, "PURCHASES", im.checkPurchases},
	}
	for _, step := range steps {
		if step.file == nil {
			continue
		}
		report := FileReport{Kind: step.kind, Name: step.file.Name}
		if err := step.check(&report, step.file); err != nil {
			return err
		}
		im.report.Files = append(im.report.Files, report)
	}
	return nil
}

func (im *importer) bad() bool {
	return slices.ContainsFunc(im.report.Files, func(f FileReport) bool { return len(f.Problems) > 0 })
}

// of is the report of a kind of file.
func (im *importer) of(kind string) *FileReport {
	i := slices.IndexFunc(im.report.Files, func(f FileReport) bool { return f.Kind == kind })
	return &im.report.Files[i]
}

func (im *importer) write() error {
	if im.in.Reps != nil {
		if err := im.writeReps(im.of("REPS")); err != nil {
			return err
		}
	}
	if im.in.Accounts != nil {
		if err := im.writeAccounts(im.of("ACCOUNTS")); err != nil {
			return err
		}
	}
	if im.in.Purchases != nil {
		if err := im.writePurchases(im.of("PURCHASES")); err != nil {
			return err
		}
	}
	return im.finish()
}

// finish sums up the accounts whose orders changed, asks for new plans, and audits.
func (im *importer) finish() error {
	touched := make([]id.ID, 0, len(im.touched))
	for account := range im.touched {
		touched = append(touched, account)
		im.reps[im.repOf[account]] = true
	}
	slices.SortFunc(touched, id.ID.Compare)
	if err := im.tx.SumUpAccounts(touched); err != nil {
		return err
	}
	for rep := range im.reps {
		if err := im.tx.AskReplan(rep); err != nil {
			return err
		}
	}
	detail := map[string]any{}
	for _, f := range im.report.Files {
		detail[f.Kind] = []int{f.Rows, f.Added, f.Updated, f.Unchanged}
	}
	return im.tx.AddAudit(models.Audit{UserID: im.by, Action: string(auth.Import), Entity: "imports", Detail: detail})
}

// lines reads a file through its table and hands every row to each; rows with problems are handed on too when ok says no.
func lines[T any](im *importer, step string, file *ImportFile, columns table[T], report *FileReport, each func(line int, row T, problems []sheets.Problem) error) error {
	reader, err := sheets.Open(file.Data, file.Size)
	if err != nil {
		return report.broken(err)
	}
	defer reader.Close()
	matched, problems := sheets.Match(reader.Header(), columns.fields())
	report.add(problems...)
	if len(problems) > 0 {
		return nil
	}
	for n := 0; ; n++ {
		line, err := reader.Next()
		if errors.Is(err, io.EOF) {
			im.progress(file, step, 1)
			return nil
		}
		if err != nil {
			return report.broken(err)
		}
		if n%500 == 0 {
			if err := im.tx.Context().Err(); err != nil {
				return err
			}
			im.progress(file, step, reader.Done())
		}
		var row T
		problems := columns.fill(&row, line, matched)
		if err := each(line.Line, row, problems); err != nil {
			return err
		}
	}
}

func (im *importer) progress(file *ImportFile, step string, share float64) {
	if im.in.Progress != nil {
		im.in.Progress(file.Name, step, share)
	}
}

// broken notes a problem that ends the file; other errors are ours and go on.
func (r *FileReport) broken(err error) error {
	var p *sheets.Problem
	if errors.As(err, &p) {
		r.add(*p)
		return nil
	}
	return err
}

func (r *FileReport) add(problems ...sheets.Problem) {
	for _, p := range problems {
		if len(r.Problems) < mostProblems {
			r.Problems = append(r.Problems, p)
		} else {
			r.More++
		}
	}
}

// seen notes numbers and complains of one that comes twice.
type seen map[string]int

func (s seen) twice(line int, column, number string) []sheets.Problem {
	if before, ok := s[number]; ok && number != "" {
		return []sheets.Problem{sheets.At(line, column, number, faultf("DUPLICATE",
			"与第 %d 行重复，请只保留一行", "the same as on line %d: keep one of the two", before))}
	}
	s[number] = line
	return nil
}

// unknown complains of a number nobody has.
func unknown(known map[string]id.ID, line int, column, number, zh, en string) []sheets.Problem {
	if _, ok := known[number]; ok || number == "" {
		return nil
	}
	return []sheets.Problem{sheets.At(line, column, number, fault("UNKNOWN", zh, en))}
}

func (im *importer) checkReps(report *FileReport, file *ImportFile) error {
	numbers, logins := seen{}, seen{}
	err := lines(im, "check", file, repTable(), report, func(line int, row repRow, problems []sheets.Problem) error {
		report.Rows++
		problems = append(problems, row.complete(line)...)
		problems = append(problems, numbers.twice(line, "工号", row.Number)...)
		problems = append(problems, logins.twice(line, "登录名", row.Login)...)
		report.add(problems...)
		if len(problems) == 0 {
			im.repRows = append(im.repRows, row)
		}
		return nil
	})
	for _, row := range im.repRows {
		if _, ok := im.users[row.Number]; !ok {
			im.users[row.Number] = im.tx.NewID()
		}
	}
	return err
}

func (im *importer) checkAccounts(report *FileReport, file *ImportFile) error {
	numbers := seen{}
	referrers := map[string]int{}
	err := lines(im, "check", file, accountTable(), report, func(line int, row accountRow, problems []sheets.Problem) error {
		report.Rows++
		problems = append(problems, numbers.twice(line, "会员号", row.Number)...)
		problems = append(problems, unknown(im.users, line, "负责人工号", row.Rep,
			"没有这个工号的员工；请先导入员工表，或改正工号", "nobody has this staff number: import the reps first, or correct it")...)
		if row.SinceGiven && row.Since > im.tx.Today {
			problems = append(problems, sheets.At(line, "入会日期", row.Since.String(), fault("FUTURE", "日期在今天之后，请核对", "this day lies in the future: check the date")))
		}
		if row.Referrer != "" && referrers[row.Referrer] == 0 {
			referrers[row.Referrer] = line
		}
		report.add(problems...)
		return nil
	})
	if err != nil {
		return err
	}
	for number := range numbers {
		if _, ok := im.accounts[number]; !ok && number != "" {
			im.accounts[number] = im.tx.NewID()
		}
	}
	for _, number := range sortedKeys(referrers) {
		report.add(unknown(im.accounts, referrers[number], "介绍人会员号", number,
			"没有这个会员号；请改正或留空", "nobody has this member number: correct it or leave it empty")...)
	}
	return nil
}

func sortedKeys(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return m[a] - m[b] })
	return keys
}

func (im *importer) checkPurchases(report *FileReport, file *ImportFile) error {
	orders := seen{}
	var last purchaseRow
	return lines(im, "check", file, purchaseTable(), report, func(line int, row purchaseRow, problems []sheets.Problem) error {
		report.Rows++
		problems = append(problems, row.complete(line, im.tx.Today)...)
		problems = append(problems, unknown(im.accounts, line, "会员号", row.Account,
			"没有这个会员号；请先导入会员表，或改正会员号", "nobody has this member number: import the accounts first, or correct it")...)
		if row.Order == last.Order && row.Order != "" {
			problems = append(problems, row.agrees(last, line)...)
		} else {
			problems = append(problems, orders.apart(line, row.Order)...)
		}
		last = row
		report.add(problems...)
		return nil
	})
}

// apart complains of an order whose lines do not stand together: it would be taken for two.
func (s seen) apart(line int, order string) []sheets.Problem {
	if before, ok := s[order]; ok && order != "" {
		return []sheets.Problem{sheets.At(line, "订单号", order, faultf("APART",
			"此订单号在第 %d 行出现过；同一订单的各行请排在一起，不同订单请用不同单号",
			"this order stood on line %d already: keep the lines of an order together, and give each order its own number", before))}
	}
	s[order] = line
	return nil
}

// agrees holds the lines of an order to one member and one day.
func (r purchaseRow) agrees(first purchaseRow, line int) []sheets.Problem {
	if r.Account == first.Account && r.Day == first.Day {
		return nil
	}
	return []sheets.Problem{sheets.At(line, "订单号", r.Order, fault("DIFFERS",
		"同一订单的各行会员号和日期必须相同", "the lines of one order must have the same member and date"))}
}
