package report

import (
	"strings"
	"unicode/utf8"
)

// cutOrigin drops 由375元 from the end of 补差水平由375元提高到.
func cutOrigin(pre string) string {
	if i := max(strings.LastIndex(pre, "从"), strings.LastIndex(pre, "由")); i > 0 && strings.ContainsAny(pre[i:], "0123456789") {
		return pre[:i]
	}
	return pre
}

// dropSum leaves out 总投资60亿元的 in front of what is counted.
func dropSum(pre string) string {
	for _, w := range []string{"总投资", "投资额", "投资"} {
		i := strings.Index(pre, w)
		if i < 0 {
			continue
		}
		if j := strings.Index(pre[i:], "元的"); j > 0 && strings.ContainsAny(pre[i:i+j], "0123456789") {
			return pre[:i] + pre[i+j+len("元的"):]
		}
	}
	return pre
}

// nextSums name the money that stands behind them.
var nextSums = newWords("总投资", "总投资额", "投资额", "计划投资", "计划总投资", "累计投资", "累计完成投资", "完成投资", "协议投资", "合同金额", "合同额", "到位资金", "总投资达", "总投资约")

// withoutNextSum drops 总投资 from the end of 10个入园项目总投资97亿元: it names the money.
func withoutNextSum(s setting, post string) string {
	if s.q.kind == money || s.index+1 >= len(s.clause.qs) || s.clause.qs[s.index+1].kind != money {
		return post
	}
	if t := strings.TrimSuffix(post, nextSums.suffix(post)); t != "" {
		return t
	}
	return post
}

// cutDate drops 到2017年底前 from the start of a clause.
func cutDate(pre string) string {
	if !hasPrefixAny(pre, "到", "至", "20", "在") {
		return pre
	}
	for _, w := range []string{"年底前", "年末", "年底", "年前", "月底前", "年内"} {
		if i := strings.Index(pre, w); i >= 0 && i < 24 {
			return strings.TrimPrefix(pre[i+len(w):], "，")
		}
	}
	return pre
}

// cutEnumeration drops the examples in front of 等: 实施落马桥等 → 实施.
func cutEnumeration(pre string) string {
	i := lastAndSo(pre)
	if i < 0 {
		return pre
	}
	verb := leadVerb(pre[:i])
	rest := strings.TrimLeft(pre[i+len("等"):], "地在内的")
	return verb + rest
}

// trimComparator drops 达到, 控制在 and the like from the end of a subject.
func trimComparator(pre string) string {
	for {
		t := strings.TrimRight(pre, "、了")
		w := comparators.suffix(t)
		if w == "" || len(w) == len(t) && leadVerb(t) != "" || notCompared.suffix(t) != "" {
			return t
		}
		pre = strings.TrimSuffix(t, w)
	}
}

// withoutPlace drops the words that say where or about what something is done from in
// front of its verb: 在中心城区建设 → 建设, 围绕重点领域开展 → 开展.
func withoutPlace(pre string) string {
	w := prefixOf(pre, []string{"在", "围绕", "按照", "依托", "针对"})
	if w == "" {
		return pre
	}
	for i := len(w); i < len(pre); {
		_, size := decode(pre, i)
		if v := deliveryVerbs.longest(pre[i:]); i > len(w)+size && len(v) > size && notVerbs.prefix(pre[i:]) == "" && pre[i:] != v+"项目" {
			return pre[i:]
		}
		i += size
	}
	return pre
}

// shortened drops a long relative clause in front of the thing counted.
func shortened(post string) string {
	i := strings.LastIndex(post, "的")
	limit := 14
	if hasPrefixAny(post, "在", "能", "于") {
		limit = 8
	}
	if i < 0 || utf8.RuneCountInString(post[:max(i, 0)]) <= limit || utf8.RuneCountInString(post[i:]) < 4 {
		return post
	}
	return post[i+len("的"):]
}
