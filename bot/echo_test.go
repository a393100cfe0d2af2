package bot_test

import (
	"net/http"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/bot/telegramtest"
)

// echo is a bare bot of the same library: 16 workers that send back what came. It is what
// ours is measured against.
func echo(address string, stop <-chan struct{}) error {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 32
	api, err := tgbotapi.NewBotAPIWithClient(telegramtest.Token, address+"/bot%s/%s", &http.Client{Transport: transport, Timeout: time.Minute})
	if err != nil {
		return err
	}
	updates := api.GetUpdatesChan(tgbotapi.UpdateConfig{Timeout: 50, Limit: 100})
	var workers sync.WaitGroup
	for range 16 {
		workers.Go(func() {
			for u := range updates {
				_, _ = api.Send(tgbotapi.NewMessage(u.Message.Chat.ID, u.Message.Text))
			}
		})
	}
	<-stop
	return nil
}
