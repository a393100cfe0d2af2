package storage

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"duban/plan"
)

// Citizens stand in the audit chain under a hash with a salt of their own. The salt is
// thrown away when they are forgotten: nobody can then tell, even with their id, which
// records were theirs. Officials act in their office and stand there under their id.

// pseudonym is how the actor stands in the chain.
func (d *desk) pseudonym() (plan.PersonID, error) {
	if _, official := officials[d.actor.Role]; official {
		return d.actor.ID, nil
	}
	salt, err := d.personalSalt(d.actor.ID)
	return plan.PersonID("public#" + salted(salt, string(d.actor.ID))[:16]), err
}

// subjectOf names a person in the chain; "" where that fails, which the transaction notices.
func (d *desk) subjectOf(id plan.PersonID, role plan.Role) string {
	as := *d
	as.actor = plan.Actor{ID: id, Role: role}
	name, err := as.pseudonym()
	if err != nil {
		return ""
	}
	return string(name)
}

// personKey is the key of a citizen's salt. It is a hash too: the salts name nobody.
func personKey(id plan.PersonID) []byte {
	sum := sha256.Sum256([]byte(id))
	return []byte("person/" + hex.EncodeToString(sum[:]))
}

// personalSalt returns a citizen's salt, a new one at the first time.
func (d *desk) personalSalt(id plan.PersonID) ([]byte, error) {
	b := d.tx.Bucket(saltsBucket)
	if salt := b.Get(personKey(id)); salt != nil {
		return salt, nil
	}
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	return salt, b.Put(personKey(id), salt)
}
