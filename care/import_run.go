package care

import (
	"maps"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// The kinds of file.
const (
	repsFile      = "REPS"
	accountsFile  = "ACCOUNTS"
	purchasesFile = "PURCHASES"
)

// importer is one import in one transaction: check all files, then write all files. Of rows it keeps numbers and keys
// only, and people.
type importer struct {
	*Service
	tx     *models.Tx
	in     ImportInput
	by     *id.ID
	report ImportReport

	people   map[string]models.User // who is there, by staff number
	logins   map[string]id.ID       // whose login it is
	places   places
	repRows  []repRow
	holders  map[string]holder             // by staff number, those of the file too
	accounts map[string]models.AccountKeys // by member number, those of the file too
	catalog  catalog
	// unread are the kinds of file that cannot be read to the end: numbers they may hold are not called unknown.
	unread map[string]bool

	touched map[id.ID]civil.Date // accounts whose orders changed, with the day of their latest new order
	replans map[id.ID]bool       // reps who need a new plan
}

// holder is a user as accounts see them.
type holder struct {
	id    id.ID
	store *id.ID // nil until it is written
	fit   bool   // an active rep of a store
}

func newImporter(s *Service, tx *models.Tx, in ImportInput, by *id.ID) *importer {
	return &importer{
		Service: s, tx: tx, in: in, by: by, report: ImportReport{DryRun: in.DryRun}, unread: map[string]bool{},
		touched: map[id.ID]civil.Date{}, replans: map[id.ID]bool{},
	}
}

func (im *importer) run() error {
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
func (im *importer) known() error {
	if err := im.knownPeople(); err != nil {
		return err
	}
	var err error
	if im.accounts, err = im.tx.AccountNumbers(); err != nil {
		return err
	}
	products, err := im.tx.Catalog()
	im.catalog = catalogOf(products)
	return err
}

// step is what is done with one kind of file.
type step struct {
	kind         string
	file         *ImportFile
	check, write func(*FileReport, *ImportFile) error
}

// steps are in the order in which files name rows of each other.
func (im *importer) steps() []step {
	all := []step{
		{repsFile, im.in.Reps, im.checkReps, im.writeReps},
		{accountsFile, im.in.Accounts, im.checkAccounts, im.writeAccounts},
		{purchasesFile, im.in.Purchases, im.checkPurchases, im.writePurchases},
	}
	return slices.DeleteFunc(all, func(s step) bool { return s.file == nil })
}

func (im *importer) check() error {
	for _, s := range im.steps() {
		report := FileReport{Kind: s.kind, Name: s.file.Name}
		if err := s.check(&report, s.file); err != nil {
			return err
		}
		im.report.Files = append(im.report.Files, report)
	}
	return nil
}

func (im *importer) bad() bool {
	return slices.ContainsFunc(im.report.Files, func(f FileReport) bool { return len(f.Problems) > 0 })
}

func (im *importer) write() error {
	for i, s := range im.steps() {
		if err := s.write(&im.report.Files[i], s.file); err != nil {
			return err
		}
	}
	return im.finish()
}

// finish sums up the accounts whose orders changed, audits, and asks for new plans.
func (im *importer) finish() error {
	if err := im.sumUp(); err != nil {
		return err
	}
	detail := map[string]any{}
	for _, f := range im.report.Files {
		detail[f.Kind] = []int{f.Rows, f.Added, f.Updated, f.Unchanged}
	}
	if err := im.tx.AddAudit(models.Audit{UserID: im.by, Action: string(auth.Import), Entity: "imports", Detail: detail}); err != nil {
		return err
	}
	for _, rep := range slices.SortedFunc(maps.Keys(im.replans), id.ID.Compare) {
		if err := im.tx.AskReplan(rep); err != nil {
			return err
		}
	}
	return nil
}

// audit notes what a file did to a row; it returns the entry so that many are written at once.
func (im *importer) audit(entity string, row id.ID, account *id.ID, detail map[string]any) models.Audit {
	return models.Audit{
		ID: im.tx.NewID(), At: im.tx.Now, UserID: im.by, Action: string(auth.Import), Entity: entity, EntityID: &row, AccountID: account, Detail: detail,
	}
}
