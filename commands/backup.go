package commands

import (
	"bytes"

	"duban/plan"
	"duban/render"
)

// handleBackup answers with a copy of the database. It is made outside of the transaction:
// a second one inside could wait for ever.
func handleBackup(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActBackup, nil); err != nil {
		return nil, err
	}
	backup := t.router.options.Backup
	if backup == nil {
		return one(render.Message{Text: "这里不能备份。请在服务器上运行 duban backup。"}), nil
	}
	t.after = append(t.after, func() ([]render.Message, error) {
		var data bytes.Buffer
		if err := backup(t.ctx, &data); err != nil {
			return nil, err
		}
		name := "duban-" + t.request.Now.Format("20060102-1504") + ".db"
		return one(render.Message{Text: "备份好了。里面有全部数据和个人信息，请妥善保管。", Document: &render.File{Name: name, Data: data.Bytes()}}), nil
	})
	return nil, nil
}
