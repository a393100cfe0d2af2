package plan

import "strings"

// Fits reports whether a value in a unit can be filed for the target: the target's own
// unit, a common way to say it (场次 for 场), or none at all.
func (t *Target) Fits(unit string) bool {
	if unit == "" || t.Unit == "" || UnitFits(unit, t.Unit) {
		return true
	}
	written, own := strings.TrimSuffix(unit, "次"), strings.TrimSuffix(t.Unit, "次")
	return written != "" && own != "" && UnitFits(written, own)
}
