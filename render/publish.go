package render

import (
	"fmt"

	"duban/plan"
)

// AskPublish shows what would become public and asks back.
func AskPublish(p *plan.Plan, n plan.Proof) Message {
	mark := PlanMark(p.Key())
	text := fmt.Sprintf("发布 %s？\n%d个指标：%s\n发布后公众能看到，并计入红黄绿灯和通报。", Heading(p), n.Total, ProofCounts(n))
	m := Message{Text: text, Buttons: [][]Button{{{Text: "确认发布", Action: DoAction("publish-ok", mark)}, {Text: "再看看", Action: DoAction("proof-go", mark, "")}}}}
	if n.Waiting > 0 {
		m.Text = fmt.Sprintf("发布 %s？\n%d个指标：%s\n还有%d个从没看过原句，建议先校核。发布后公众能看到，并计入红黄绿灯和通报。", Heading(p), n.Total, ProofCounts(n), n.Waiting)
		m.Buttons = [][]Button{{{Text: "接着校核", Action: DoAction("proof-go", mark, "")}, {Text: "仍要发布", Action: DoAction("publish-ok", mark)}}}
	}
	return m
}

// AskUnseen asks for the sentence by which figures that nobody looked at are published.
func AskUnseen(n int, sentence string) Message {
	return Message{Text: fmt.Sprintf("还有%d个指标从没有人对照原句看过，错的数也会被公布和排名。\n确实要发布，请原样回复：\n%s\n不发布就发：取消", n, sentence)}
}

// Published confirms that a plan is public.
func Published(p *plan.Plan, n plan.Proof) Message {
	text := fmt.Sprintf("已发布 %s：%d条承诺、%d个指标。", Heading(p), len(p.Commitments), n.Total-n.Rejected)
	if n.Unseen > 0 {
		text += fmt.Sprintf("其中%d个没有校核过，可以接着发“校核”。", n.Unseen)
	}
	return Message{Text: text + "\n下一步：发“分派”落实责任单位。"}
}
