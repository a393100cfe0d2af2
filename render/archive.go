package render

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"duban/plan"
)

// ArchiveJSON writes everything that is stored in the one shape that can be read in again
// without loss.
func ArchiveJSON(w io.Writer, a *plan.Archive) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(a)
}

// ArchiveSheets lays an archive out in tables for people and other programs. The table of
// filings has the columns of bulk filings and can be read in as such.
func ArchiveSheets(a *plan.Archive) []*Sheet {
	items := map[plan.Key]map[plan.ID]item{}
	sheets := []*Sheet{archivedTargets(a, items)}
	return append(sheets, archivedFilings(a, items), archivedReviews(a, items), archivedDuties(a, items), archivedRequests(a, items),
		archivedCorrections(a, items), archivedPeople(a), archivedFeedback(a, items), archivedAudit(a))
}

// item is where a target, task or commitment stands and what it is called.
type item struct {
	code plan.Code
	name string
}

func archivedTargets(a *plan.Archive, items map[plan.Key]map[plan.ID]item) *Sheet {
	s := &Sheet{Name: "targets", Title: "指标和任务", Header: []string{
		"计划", "状态", "编号", "名称", "标题", "类别", "指标或任务", "比较", "目标值", "单位", "原文数字", "期限", "校核", "取消", "原定", "原句",
	}}
	for i := range a.Plans {
		p := a.Whole(&a.Plans[i])
		key := p.Key()
		items[key] = goneItems(p)
		for j := range p.Commitments {
			c := &p.Commitments[j]
			items[key][c.ID] = item{c.Code, c.Title}
			head := []Cell{textCell(string(key)), textCell(string(p.State)), textCell(string(c.Code)), textCell(c.Label), textCell(c.Title)}
			for k := range c.Targets {
				t := &c.Targets[k]
				items[key][t.ID] = item{c.Code, t.Metric}
				s.Rows = append(s.Rows, append(head[:5:5], textCell("指标"), textCell(t.Metric), textCell(string(t.Op)), numberCell(&t.Value), textCell(t.Unit),
					textCell(t.ValueText), textCell(t.Deadline.String()), textCell(string(t.Check)), textCell(t.Cancelled), textCell(originText(t.Original)), textCell(t.Quote)))
			}
			for k := range c.Tasks {
				t := &c.Tasks[k]
				items[key][t.ID] = item{c.Code, t.Text}
				s.Rows = append(s.Rows, append(head[:5:5], textCell("任务"), textCell(t.Text), Cell{}, Cell{}, Cell{}, Cell{},
					textCell(t.Deadline.String()), Cell{}, textCell(t.Cancelled), textCell(originText(t.Original)), Cell{}))
			}
		}
	}
	return s
}

// goneItems names what the report does not hold any more: filings hang on it.
func goneItems(p *plan.Plan) map[plan.ID]item {
	items := map[plan.ID]item{}
	for i := range p.Gone {
		c := &p.Gone[i]
		items[c.ID] = item{c.Code, c.Title + goneMark}
		for j := range c.Targets {
			items[c.Targets[j].ID] = item{c.Code, c.Targets[j].Metric + goneMark}
		}
		for j := range c.Tasks {
			items[c.Tasks[j].ID] = item{c.Code, c.Tasks[j].Text + goneMark}
		}
	}
	return items
}

const goneMark = "（报告已删去）"

func archivedFilings(a *plan.Archive, items map[plan.Key]map[plan.ID]item) *Sheet {
	s := &Sheet{Name: "filings", Title: "填报", Header: []string{
		"code", "metric", "date", "value", "unit", "note", "by", "source", "plan",
		"填报编号", "责任单位", "录入时间", "审核", "更正", "更正原因", "演示",
	}}
	for i := range a.Filings {
		f := &a.Filings[i]
		at := items[f.Plan][f.Item]
		value := textCell(stageText(f))
		if f.Value != nil {
			value = numberCell(f.Value)
		}
		s.Rows = append(s.Rows, []Cell{
			textCell(string(at.code)), textCell(at.name), textCell(f.Date.String()), value,
			{},
			textCell(f.Note), textCell(string(f.By)), textCell(f.Source),
			textCell(string(f.Plan)), textCell(fmt.Sprint(f.ID)), textCell(f.Department), timeCell(f.At), textCell(verdictWord(f.Verdict())),
			supersededCell(f.Supersedes), textCell(f.Reason), demoCell(f.Demo),
		})
	}
	return s
}

func stageText(f *plan.Filing) string {
	if f.Percent != nil {
		return string(f.Stage) + f.Percent.String() + "%"
	}
	return string(f.Stage)
}

func supersededCell(id plan.FilingID) Cell {
	if id == 0 {
		return Cell{}
	}
	return textCell(fmt.Sprint(id))
}

func demoCell(demo bool) Cell {
	if demo {
		return textCell(demoMark)
	}
	return Cell{}
}

func verdictWord(v plan.Verdict) string {
	switch v {
	case plan.Accepted:
		return "通过"
	case plan.Returned:
		return "退回"
	case plan.Signed:
		return "已签字"
	}
	return "待审核"
}

func archivedReviews(a *plan.Archive, items map[plan.Key]map[plan.ID]item) *Sheet {
	s := &Sheet{Name: "reviews", Title: "审核", Header: []string{"填报编号", "计划", "承诺编号", "指标或任务", "决定", "原因", "审核人", "时间"}}
	for i := range a.Filings {
		f := &a.Filings[i]
		at := items[f.Plan][f.Item]
		for _, r := range f.Reviews {
			s.Rows = append(s.Rows, []Cell{
				textCell(fmt.Sprint(f.ID)), textCell(string(f.Plan)), textCell(string(at.code)), textCell(at.name),
				textCell(verdictWord(r.Verdict)), textCell(r.Reason), textCell(string(r.By)), timeCell(r.At),
			})
		}
	}
	return s
}

func archivedDuties(a *plan.Archive, items map[plan.Key]map[plan.ID]item) *Sheet {
	s := &Sheet{Name: "duties", Title: "责任分工", Header: []string{"计划", "编号", "指标", "牵头单位", "配合单位", "指定人"}}
	for i := range a.Plans {
		r := &a.Plans[i]
		for _, d := range r.Duties {
			at := items[r.Plan.Key()][d.Item]
			if r.Plan.ByID(d.Item) != nil {
				at.name = ""
			}
			s.Rows = append(s.Rows, []Cell{
				textCell(string(r.Plan.Key())), textCell(string(at.code)), textCell(at.name), textCell(d.Lead),
				textCell(strings.Join(d.Support, "、")), textCell(string(d.By)),
			})
		}
	}
	return s
}

func archivedRequests(a *plan.Archive, items map[plan.Key]map[plan.ID]item) *Sheet {
	s := &Sheet{Name: "requests", Title: "调整申请", Header: []string{
		"申请编号", "计划", "承诺编号", "指标或任务", "种类", "新期限", "新目标", "理由", "批准文件", "申请人", "单位", "时间", "决定", "决定人", "决定时间",
	}}
	for i := range a.Requests {
		r := &a.Requests[i]
		at := items[r.Plan][r.Item]
		row := []Cell{
			textCell(fmt.Sprint(r.ID)), textCell(string(r.Plan)), textCell(string(at.code)), textCell(at.name), textCell(string(r.Kind)),
			textCell(r.Deadline.String()), numberCell(r.Value), textCell(r.Reason), textCell(r.Approval), textCell(string(r.By)), textCell(r.Department), timeCell(r.At),
			textCell("待定"),
			{},
			{},
		}
		if r.Review != nil {
			row[12], row[13], row[14] = textCell(verdictWord(r.Review.Verdict)), textCell(string(r.Review.By)), timeCell(r.Review.At)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func archivedCorrections(a *plan.Archive, items map[plan.Key]map[plan.ID]item) *Sheet {
	s := &Sheet{Name: "corrections", Title: "校核", Header: []string{"计划", "承诺编号", "指标", "决定", "原读数", "改为", "理由", "校核人", "时间"}}
	for i := range a.Plans {
		r := &a.Plans[i]
		for _, d := range r.Corrections {
			at := items[r.Plan.Key()][d.Commitment]
			name, to := items[r.Plan.Key()][d.Item].name, ""
			if d.Target != nil {
				name, to = d.Target.Metric, string(d.Target.Op)+d.Target.ValueText
			}
			s.Rows = append(s.Rows, []Cell{
				textCell(string(r.Plan.Key())), textCell(string(at.code)), textCell(name), textCell(string(d.Check)), textCell(d.Was), textCell(to),
				textCell(d.Reason), textCell(string(d.By)), timeCell(d.At),
			})
		}
	}
	return s
}

func archivedPeople(a *plan.Archive) *Sheet {
	s := &Sheet{Name: "people", Title: "人员", Header: []string{"身份编号", "姓名", "角色", "单位", "加入时间", "请假到", "已移除"}}
	for i := range a.People {
		p := &a.People[i]
		leave, removed := "", ""
		if p.Leave != nil {
			leave = p.Leave.Until.String()
		}
		if p.Removed {
			removed = "是"
		}
		s.Rows = append(s.Rows, []Cell{
			textCell(string(p.ID)), textCell(p.Name), textCell(string(p.Role)), textCell(p.Department), timeCell(p.Joined), textCell(leave), textCell(removed),
		})
	}
	return s
}

func archivedFeedback(a *plan.Archive, items map[plan.Key]map[plan.ID]item) *Sheet {
	s := &Sheet{Name: "feedback", Title: "群众反馈", Header: []string{"反馈编号", "计划", "承诺编号", "标题", "内容", "地点", "反馈人", "时间", "答复", "答复人", "答复时间"}}
	for i := range a.Feedback {
		f := &a.Feedback[i]
		at := items[f.Plan][f.Commitment]
		s.Rows = append(s.Rows, []Cell{
			textCell(fmt.Sprint(f.ID)), textCell(string(f.Plan)), textCell(string(at.code)), textCell(at.name), textCell(f.Text), textCell(f.Place),
			textCell(string(f.By)), timeCell(f.At), textCell(f.Answer), textCell(string(f.AnsweredBy)), timeCell(f.AnsweredAt),
		})
	}
	return s
}

func archivedAudit(a *plan.Archive) *Sheet {
	s := &Sheet{Name: "audit", Title: "审计", Header: []string{"序号", "时间", "谁", "角色", "单位", "做了什么", "对象", "内容", "散列", "上一条散列"}}
	for i := range a.Audit {
		r := &a.Audit[i]
		s.Rows = append(s.Rows, []Cell{
			textCell(fmt.Sprint(r.Seq)), timeCell(r.At), textCell(string(r.Actor)), textCell(string(r.Role)), textCell(r.Department),
			textCell(r.Act), textCell(r.Subject), textCell(r.Detail), textCell(r.Hash), textCell(r.Prev),
		})
	}
	return s
}

func timeCell(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return textCell(t.Format(time.RFC3339))
}
