package ask

import "testing"

func TestBareNames(t *testing.T) {
	t.Parallel()
	for place, want := range map[string]string{
		"聊城市": "聊城", "莘县": "莘县", "海拉尔区": "海拉尔", "山东省": "山东",
		"广西壮族自治区": "广西", "新疆维吾尔自治区": "新疆", "内蒙古自治区": "内蒙古", "宁夏回族自治区": "宁夏", "西藏自治区": "西藏",
		"恩施土家族苗族自治州": "恩施", "巴音郭楞蒙古自治州": "巴音郭楞", "峨边彝族自治县": "峨边", "东乡族自治县": "东乡族",
	} {
		if got := bareName(place); got != want {
			t.Errorf("%s: %s, want %s", place, got, want)
		}
	}
}
