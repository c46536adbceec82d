package care

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"huifang/id"
	"huifang/seal"
)

// commandHash tells commands with one id apart: the document a newline the variables, byte by byte as they were sent.
func commandHash(c PushedCommand) []byte {
	sum := sha256.Sum256([]byte(c.Document + "\n" + c.Variables))
	return sum[:]
}

// receiptKey is the key under which receipts for a device are made, the same for ever.
func (s *Service) receiptKey(user, device id.ID) ([]byte, error) {
	return s.Vault.Derive(seal.DeviceReceipt, user[:], device[:])
}

// receipt proves that this server gave the answer: a device believes nothing else, because a gateway on the way can
// answer too.
func receipt(key []byte, a CommandAnswer, hash []byte, epoch id.ID) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s\n%x\n%s\n%d\n%s\n", a.ID, hash, a.Status, a.Sequence, epoch)
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
