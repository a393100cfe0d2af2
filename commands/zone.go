package commands

import (
	"time"

	"duban/render"
)

// handleZone says or changes the zone in which a chat has its nights: 时区 Asia/Urumqi.
func handleZone(t *turn) ([]render.Message, error) {
	chat, err := t.tx.Chat(t.request.Chat)
	if err != nil {
		return nil, err
	}
	switch t.words {
	case "":
		return one(zoneMessage(chat.Zone)), nil
	case "默认", "北京", "取消":
		chat.Zone = ""
	default:
		if !isZone(t.words) {
			return one(render.Message{Text: "不认识时区“" + t.words + "”。请写标准名称，例如：时区 Asia/Urumqi"}), nil
		}
		chat.Zone = t.words
	}
	return one(zoneMessage(chat.Zone)), t.tx.SetChat(chat)
}

// isZone reports whether a name is that of a zone; that of the server's own is none.
func isZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "Local"
}

func zoneMessage(zone string) render.Message {
	if zone == "" {
		return render.Message{Text: "这里的提醒按计划所在地的时间发。人在别的时区就发，例如：时区 Asia/Urumqi"}
	}
	return render.Message{Text: "这里的提醒按" + zone + "的时间避开夜里，周报也按它的钟点发。改回来就发：时区 默认"}
}
