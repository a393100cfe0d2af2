package commands

import "testing"

// TestSpacedChange holds the ways in which a change is written without blanks.
func TestSpacedChange(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"实事5养老床位到3000张":             "实事5养老床位 3000张",
		"养老床位目标从3600张调减到3000张":      "养老床位 3000张",
		"养老床位由3600张调整为3000张 市政府 8号": "养老床位 3000张 市政府 8号",
		"实事8公路期限延长到2018年6月底":        "实事8公路 期限2018年6月底",
		"实事8 公路 期限 2018年6月底":        "实事8 公路 期限2018年6月底",
		"养老床位3000张":                 "养老床位 3000张",
		"实事8 公路 2400公里 市政府 8号 雨季停工": "实事8 公路 2400公里 市政府 8号 雨季停工",
	} {
		if got := spacedChange(words); got != want {
			t.Errorf("%s: %s, want %s", words, got, want)
		}
	}
}

// TestStandsIn holds that a number stands in a text as a whole.
func TestStandsIn(t *testing.T) {
	t.Parallel()
	text := "新建中小学32所、改扩建１６所，新增绿化 1,640 公顷"
	for value, want := range map[string]bool{"32所": true, "2所": false, "16所": true, "1640公顷": true, "640公顷": false, "": false} {
		if got := standsIn(text, value); got != want {
			t.Errorf("%s: %v", value, got)
		}
	}
}

// TestPointed holds the words that point at an entry of a list.
func TestPointed(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]int{
		"第一个": 1, "第二项": 2, "看第3条": 3, "第十二个呢": 12, "最后一个": -1, "倒数第二项": -2, "头一条": 1, "那第两个": 2, "第4件": 4,
		"第一": 0, "第二产业": 0, "第三件实事": 0, "第五个指标是多少": 0, "最后一公里": 0, "第7章": 0,
	} {
		if got, _ := pointed(words); got != want {
			t.Errorf("%s: %d, want %d", words, got, want)
		}
	}
}
