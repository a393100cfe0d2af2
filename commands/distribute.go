package commands

import (
	"regexp"
	"strings"
)

// severally is a list of things, 分别, a verb and as many figures: 公路、危桥分别完成824公里和28座.
var (
	severally    = regexp.MustCompile(`([^,;。；，:：\s]+)分别([^\d,;。；，、\-负]*)([-负]?\d[^,;。；，、和与及]*(?:(?:[、和与及]|以及)\s*[-负]?\d[^,;。；，、和与及]*)+)`)
	thingsBorder = regexp.MustCompile(`以及|[、和与及]`)
	bothAreas    = regexp.MustCompile(`城乡`)
)

// distribute says of each thing the figure that is its own; text stays as it is where things
// and figures are not as many.
func distribute(text string) string {
	return severally.ReplaceAllStringFunc(text, func(whole string) string {
		m := severally.FindStringSubmatch(whole)
		figures := thingsBorder.Split(m[3], -1)
		things := severalThings(m[1], len(figures))
		if len(things) != len(figures) {
			return whole
		}
		parts := make([]string, len(figures))
		for i := range figures {
			parts[i] = things[i] + m[2] + strings.TrimSpace(figures[i])
		}
		return strings.Join(parts, ";")
	})
}

// severalThings are the things of a list; what stands behind the last one belongs to all
// where it names areas only (城镇和农村居民收入), and 城乡 are two.
func severalThings(list string, n int) []string {
	if at := bothAreas.FindStringIndex(list); at != nil && n == 2 {
		return []string{list[:at[0]] + "城镇" + list[at[1]:], list[:at[0]] + "农村" + list[at[1]:]}
	}
	things := thingsBorder.Split(list, -1)
	last := things[len(things)-1]
	if rest, ok := strings.CutPrefix(last, "农村"); ok {
		for i := range things {
			if things[i] == "城镇" {
				things[i] += rest
			}
		}
	}
	return things
}
