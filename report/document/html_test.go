package document_test

import (
	"strings"
	"testing"
)

func TestHTMLFeatures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, body, want string }{
		{"indents", "<p>&nbsp;&nbsp;甲</p><p>&emsp;&emsp;乙</p><p>&#12288;&#12288;丙</p>", "甲\n\u2003\u2003乙\n　　丙\n"},
		{"parts of a heading", "<p><strong>一、</strong><b><span>2016年</span></b>回顾</p>", "一、2016年回顾\n"},
		{"wrapped source", "<p>新增\n床位\r\n  50\n张</p><p>ABC\nDEF</p>", "新增床位50张\nABC DEF\n"},
		{"nothing that does not show", `<p>甲<script>"乙"</script><style>p{}</style><!-- 丙 --><span style="DISPLAY: none">丁</span><em hidden>戊</em></p>`, "甲\n"},
		{"marks of notes", "<p>双百工程<sup>12</sup>，三品<sup>[3]</sup>，绿地5m<sup>2</sup>，第<sup>一</sup></p>", "双百工程，三品，绿地5m2，第一\n"},
		{"lists", "<ol><li>甲</li><li>乙<ul><li>丙</li></ul></li></ol>", "甲\n乙\n丙\n"},
		{"preformatted", "<pre>甲\n  乙\n</pre>", "甲\n  乙\n"},
		{"table of values", "<table><thead><tr><th>项目</th><th>目标</th></tr></thead><tr><td>床位</td><td><p>50</p><p>张</p></td></tr><tr><td></td><td>9</td></tr></table>", "项目\t目标\n床位\t50 张\n9\n"},
		{"unclosed", "<table><tr><td>甲<td>乙<tr><td>丙<p>丁", "甲\t乙\n丙\n丁\n"},
		{"references", "<p>5&#37; &lt;3&gt; A&amp;B</p>", "5% <3> A&B\n"},
		{"Word's own", "<p class=MsoNormal><span lang=EN-US>2017<o:p></o:p></span>年<![if !supportEmptyParas]>&nbsp;<![endif]></p>", "2017年\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := mustRead(t, "报告.htm", []byte("<html><body>"+c.body+"</body></html>")); got.Content != c.want {
				t.Errorf("got %q, want %q", got.Content, c.want)
			}
		})
	}
}

func TestHTMLHeadings(t *testing.T) {
	t.Parallel()
	body := "<div><p>" + strings.Repeat("新增床位。", 40) + "</p></div>"
	text := strings.Repeat("新增床位。", 40) + "\n"
	for _, c := range []struct{ name, page, want string }{
		{"from the title", "<title>甲市政府工作报告_甲市政府</title><body>" + body, "甲市政府工作报告\n" + text},
		{"from the heading", "<title>乙</title><body><h1>甲市政府工作报告</h1>" + body, "甲市政府工作报告\n" + text},
		{"said in the body", "<title>新增床位。</title><body>" + body, text},
		{"of the site", "<title>Index</title><body>" + body, text},
		{"before it links", "<title></title><body><div><a>首页</a></div>" + body + "<div><a>" + strings.Repeat("其他文章", 90) + "</a></div>", text},
	} {
		if got := mustRead(t, "x", []byte("<html><head>"+c.page)); got.Content != c.want {
			t.Errorf("%s: got %q", c.name, got.Content)
		}
	}
}
