package render

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"sync"
	"time"

	"duban/plan"
)

// noTime leaves nothing out of what was accepted.
var noTime time.Time

//go:embed templates/bulletin.html
var bulletinPage string

// page parses the printable form once.
var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("bulletin").Parse(bulletinPage))
})

// document is the printable form: one file, no scripts, A4.
func (v *bulletinView) document() ([]byte, error) {
	var out bytes.Buffer
	if err := page().Execute(&out, v); err != nil {
		return nil, fmt.Errorf("print bulletin: %w", err)
	}
	return out.Bytes(), nil
}

// BulletinMessage shows a bulletin with its document. Drafts are marked and, for those who
// may release them, have the button.
func BulletinMessage(b *plan.Bulletin, releases bool) Message {
	m := Message{Text: b.Text, Document: BulletinFile(b)}
	id := strconv.FormatUint(b.ID, 10)
	if b.State == plan.BulletinDraft {
		m.Text = "【预览，尚未发布】" + m.Text
		if releases {
			m.Buttons = [][]Button{{{Text: "发布", Action: DoAction("bulletin-publish", id)}, {Text: "重新生成", Action: BulletinAction(b)}}}
		}
		return m
	}
	for i := range b.Errata {
		m.Text += "\n" + erratumText(&b.Errata[i])
	}
	if releases {
		m.Buttons = [][]Button{{{Text: "更正", Action: DoAction("bulletin-erratum", id)}}}
	}
	return m
}

func erratumText(e *plan.Erratum) string {
	return fmt.Sprintf("更正%d（%s）：%s", e.Number, plan.DateOf(e.At), e.Text)
}

// ErratumMessage tells those who had a bulletin what was wrong in it.
func ErratumMessage(b *plan.Bulletin, number int) Message {
	title, _, _ := strings.Cut(b.Text, "\n")
	m := Message{Text: title + "有更正"}
	for i := range b.Errata {
		if e := &b.Errata[i]; e.Number == number {
			m.Text += "\n" + erratumText(e)
		}
	}
	m.Buttons = [][]Button{{{Text: "看这期通报", Action: DoAction("bulletin", strconv.FormatUint(b.ID, 10))}}}
	return m
}

// ForOffice says why a bulletin came to somebody with a role.
func ForOffice(m *Message) { m.Text += "\n季通报发给各责任单位和督查室。" }

// ForSubscriber says why a bulletin came to a chat that subscribed or follows, and how to
// end it.
func ForSubscriber(m *Message) {
	m.Text += "\n你订阅或关注了督办事项，所以收到季通报；点“退订”就不再发。"
	m.Buttons = append(m.Buttons, []Button{{Text: "退订", Action: DoAction("unsubscribe")}})
}

// EarlyBulletin shows a bulletin that cannot be released yet, and why.
func EarlyBulletin(b *plan.Bulletin, why string) Message {
	return Message{
		Text: "【预览，" + why + "，还不能发布】" + b.Text, Document: BulletinFile(b),
		Buttons: [][]Button{{{Text: "重新生成", Action: BulletinAction(b)}}},
	}
}

// BulletinAction is the action that drafts a bulletin anew and shows it.
func BulletinAction(b *plan.Bulletin) string {
	return DoAction("bulletin-draft", strconv.Itoa(b.Year), strconv.Itoa(b.Quarter), string(b.Plan))
}

// BulletinFile is the printable document as it was frozen.
func BulletinFile(b *plan.Bulletin) *File {
	return &File{Name: fmt.Sprintf("%s季通报%d年第%d期.html", placeOf(b.Plan), b.Year, b.Quarter), Data: b.Document}
}

// placeOf is the place in a plan's key.
func placeOf(k plan.Key) string { return strings.TrimRight(string(k), "0123456789") }

// Bulletins lists bulletins, latest first; each opens with a button.
func Bulletins(list []plan.Bulletin, drafts bool) Message {
	var w strings.Builder
	m := Message{}
	for i := range list {
		b := &list[i]
		line := fmt.Sprintf("%d年第%d期（%s）", b.Year, b.Quarter, PeriodText(plan.PeriodAt(plan.Quarter, b.AsOf), b.AsOf))
		switch {
		case b.State == plan.BulletinDraft:
			line += " 草稿"
		case len(b.Errata) > 0:
			line += fmt.Sprintf(" 更正%d处", len(b.Errata))
		}
		w.WriteString("· " + line + "\n")
		m.Buttons = append(m.Buttons, []Button{{Text: line, Action: DoAction("bulletin", strconv.FormatUint(b.ID, 10))}})
	}
	m.Text = "季通报\n" + w.String()
	if len(list) == 0 {
		m.Text = "还没有发布过季通报。\n"
	}
	if drafts {
		m.Text += "生成预览：发“季通报 2017年三季度”"
	}
	m.Text = strings.TrimRight(m.Text, "\n")
	return m
}
