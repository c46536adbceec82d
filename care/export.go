package care

import (
	"context"
	"io"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
	"huifang/sheets"
)

// ExportFile is where one file of an export goes.
type ExportFile struct {
	Out    io.Writer
	Format sheets.Format
}

// ExportInput is what to export; files left nil are left out. Lang is the language of the headers, "zh" or "en".
type ExportInput struct {
	Reps, Accounts, Purchases *ExportFile
	Lang                      string
}

// Export writes the files that Import reads, for a manager. They hold clear text: the export is audited before the first
// row leaves. INVALID without a file; errors of the writers as they are.
func (s *Service) Export(ctx context.Context, in ExportInput) error {
	v, err := auth.Authorize(ctx, auth.Export)
	if err != nil {
		return err
	}
	return s.exportAs(ctx, &v.User, in)
}

// ExportNow is Export on nobody's behalf, for the command line.
func (s *Service) ExportNow(ctx context.Context, in ExportInput) error {
	return s.exportAs(ctx, nil, in)
}

func (s *Service) exportAs(ctx context.Context, by *id.ID, in ExportInput) error {
	if in.Reps == nil && in.Accounts == nil && in.Purchases == nil {
		return Invalid("files", "name at least one file to write: reps, accounts or purchases")
	}
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.AddAudit(models.Audit{UserID: by, Action: string(auth.Export), Entity: "exports"})
	})
	if err != nil {
		return err
	}
	return s.Store.Read(ctx, func(tx *models.Tx) error {
		ex := exporter{Service: s, tx: tx}
		if err := ex.names(); err != nil {
			return err
		}
		if err := export(in.Reps, "员工", repTable(), in.Lang, ex.reps); err != nil {
			return err
		}
		if err := export(in.Accounts, "会员", accountTable(), in.Lang, ex.accounts); err != nil {
			return err
		}
		return export(in.Purchases, "订单", purchaseTable(), in.Lang, ex.purchases)
	})
}

// export writes one file: the header, then the rows that each hands over.
func export[T any](file *ExportFile, sheet string, columns table[T], lang string, each func(func(T) error) error) error {
	if file == nil {
		return nil
	}
	w, err := sheets.New(file.Format, sheet, file.Out)
	if err != nil {
		return err
	}
	if err := w.Write(columns.headers(lang)); err != nil {
		return err
	}
	if err := each(func(row T) error { return w.Write(columns.cells(row)) }); err != nil {
		return err
	}
	return w.Close()
}
