package plan

// Replaced tells which filings newer ones took the place of: accepted ones that an accepted
// correction stands for, and waiting ones that nobody will decide any more, for another
// correction of the same filing came later. Returned ones are not among them.
func Replaced(filings []Filing) map[FilingID]bool {
	newest, accepted := map[FilingID]FilingID{}, map[FilingID]FilingID{}
	for i := range filings {
		f := &filings[i]
		if f.Supersedes == 0 {
			continue
		}
		newest[f.Supersedes] = max(newest[f.Supersedes], f.ID)
		if f.Verdict() == Accepted {
			accepted[f.Supersedes] = max(accepted[f.Supersedes], f.ID)
		}
	}
	gone := map[FilingID]bool{}
	for i := range filings {
		f, after := &filings[i], newest
		switch f.Verdict() {
		case Returned:
			continue
		case Accepted:
			after = accepted
		}
		if after[f.ID] > f.ID || f.Supersedes != 0 && after[f.Supersedes] > f.ID {
			gone[f.ID] = true
		}
	}
	return gone
}

// Current returns the filing that a correction of one stands for: what that one was to
// correct where it was never accepted, and of this the accepted correction that counts now.
// filings are those of the item.
func Current(filings []Filing, id FilingID) FilingID {
	byID, corrected := map[FilingID]*Filing{}, map[FilingID]FilingID{}
	for i := range filings {
		f := &filings[i]
		if byID[f.ID] = f; f.Supersedes != 0 && f.Verdict() == Accepted {
			corrected[f.Supersedes] = max(corrected[f.Supersedes], f.ID)
		}
	}
	if f := byID[id]; f != nil && f.Verdict() != Accepted && f.Supersedes != 0 {
		id = f.Supersedes
	}
	for corrected[id] != 0 {
		id = corrected[id]
	}
	return id
}
