package commands

import (
	"errors"

	"duban/plan"
	"duban/render"
)

// handleJoin uses an invite up: /join TOKEN, or the invite's link.
func handleJoin(t *turn) ([]render.Message, error) {
	if t.words == "" {
		return one(render.Message{Text: "请带上邀请码，例如：/join 邀请码。没有的话，请向管理员要。"}), nil
	}
	if t.router.guesses.blocked(t.request.From, t.request.Now) {
		return one(render.Message{Text: "邀请码错了太多次，请一小时以后再试，或请管理员重发一个链接。"}), nil
	}
	if t.actor.Role == plan.Admin {
		return one(render.Message{Text: "你已经是管理员，这个邀请没有用掉，可以转给要邀请的人。"}), nil
	}
	p, err := t.join()
	switch {
	case errors.Is(err, plan.ErrNotFound):
		t.after = append(t.after, func() ([]render.Message, error) {
			t.router.guesses.add(t.request.From, t.request.Now)
			return nil, nil
		})
		return one(render.Message{Text: "没有这个邀请码。请点开管理员发来的原链接，或原样复制邀请码。"}), nil
	case errors.Is(err, plan.ErrOutranks):
		return one(render.Message{Text: "你现在是" + roleText(t.actor) + "，用了这个邀请角色会变低，所以没有用掉，可以转给要邀请的人。真要换角色，请管理员先把你移除。"}), nil
	case errors.Is(err, plan.ErrUsed):
		return one(render.Message{Text: "这个邀请已经用过，每个邀请只能用一次。请管理员再发一个。"}), nil
	case errors.Is(err, plan.ErrExpired):
		return one(render.Message{Text: "这个邀请已经过期。请管理员再发一个。"}), nil
	case err != nil:
		return nil, err
	}
	if err := t.tellAdmins(p); err != nil {
		return nil, err
	}
	return one(render.Joined(roleText(p.Actor()), p.Role)), nil
}

// join makes the person what the invite says; what is known of them stays.
func (t *turn) join() (*plan.Person, error) {
	p := plan.Person{ID: t.request.From}
	if t.person != nil {
		p = *t.person
	}
	p.Chat, p.Name = t.request.Chat, t.request.Name
	return t.tx.As(plan.Actor{ID: t.request.From, Role: plan.Public}, t.request.Now).Join(t.words, p)
}

// tellAdmins tells the admins who has joined: a link may have gone astray.
func (t *turn) tellAdmins(p *plan.Person) error {
	admins, err := t.desk().Reaches(plan.Admin, "", t.today())
	if err != nil {
		return err
	}
	for _, a := range admins {
		m := render.HasJoined(p, roleText(p.Actor()))
		if err := t.notify("joined:"+string(p.ID)+":"+stamp(t.request.Now)+":"+string(a.ID), a.Chat, m); err != nil {
			return err
		}
	}
	return nil
}
