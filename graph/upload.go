package graph

import (
	"bytes"
	"encoding/base64"

	"huifang/care"
	"huifang/graph/view"
)

// upload is the import that a request carries. The transport has bounded its size.
func upload(in view.ImportFilesInput) (care.ImportInput, error) {
	out := care.ImportInput{DryRun: in.DryRun}
	for _, part := range []struct {
		field string
		from  *view.ImportFileInput
		to    **care.ImportFile
	}{
		{"reps.base64", in.Reps.Value(), &out.Reps},
		{"accounts.base64", in.Accounts.Value(), &out.Accounts},
		{"purchases.base64", in.Purchases.Value(), &out.Purchases},
	} {
		if part.from == nil {
			continue
		}
		data, err := base64.StdEncoding.DecodeString(part.from.Base64)
		if err != nil {
			return out, care.Invalid(part.field, "is not base64").By("base64")
		}
		*part.to = &care.ImportFile{Name: part.from.Name, Data: bytes.NewReader(data), Size: int64(len(data))}
	}
	return out, nil
}
