package plan

// Fits reports whether a value in a unit can be filed for the target: the target's own
// unit, a common way to say it, or none at all.
func (t *Target) Fits(unit string) bool { return unit == "" || unitFits(unit, t.Unit) }
