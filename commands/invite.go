package commands

import (
	"crypto/rand"
	"encoding/base64"
	"io"
	"regexp"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
)

// Shape of invites.
const (
	tokenBytes = 16
	inviteDays = 7
)

// roleWords are how roles are said in messages.
var roleWords = map[string]plan.Role{
	"填报": plan.Staff, "填报人": plan.Staff, "填报人员": plan.Staff, "联络员": plan.Staff, "工作人员": plan.Staff, "经办人": plan.Staff, "staff": plan.Staff,
	"负责人": plan.Head, "分管负责人": plan.Head, "主要负责人": plan.Head, "领导": plan.Head, "签核": plan.Head, "head": plan.Head,
	"督查": plan.Supervisor, "督查室": plan.Supervisor, "督办": plan.Supervisor, "督查人员": plan.Supervisor, "督查员": plan.Supervisor, "supervisor": plan.Supervisor,
	"管理": plan.Admin, "管理员": plan.Admin, "admin": plan.Admin,
}

// handleInvite takes 邀请 民政局 填报, 邀请 督查.
func handleInvite(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActInvite, nil); err != nil {
		return nil, err
	}
	role, department, ok := invited(spacedInvite(t.words))
	switch {
	case ok:
		known := t.offices()
		department = t.unified(department, known)
		messages, err := t.invite(role, department)
		return warned(messages, department, known), err
	case department != "" && role == "":
		return one(render.ChooseRole(department)), nil
	}
	return one(render.Message{Text: "请写清单位和身份，例如：邀请 民政局 填报；邀请 民政局 负责人；邀请 督查；邀请 管理员"}), nil
}

// joinedInvite is a department with a role behind it, without a blank.
var joinedInvite = regexp.MustCompile(`^([^\s]{2,}(?:局|委|办|部|厅|院|中心|公司|集团|政府|会|队|署|处|站|社|区|县|街道|镇|乡))的?(填报人员|填报人|填报|联络员|工作人员|经办人|分管负责人|主要负责人|负责人|领导)$`)

// spacedInvite puts a blank between department and role: 民政局负责人.
func spacedInvite(words string) string { return joinedInvite.ReplaceAllString(words, "$1 $2") }

// invites reports whether words without blanks say whom to invite.
func invites(words string) bool {
	return joinedInvite.MatchString(words) || roleWords[words] != ""
}

// officeInvite is a department without a role, with its people or not.
var officeInvite = regexp.MustCompile(`^(\S{2,}?)的?(?:人员|人|同志|同事)?[。！!]?$`)

// invitation returns what 邀请 takes of words that follow it without a blank: 邀请督查,
// 邀请民政局的人.
func (t *turn) invitation() (words string, ok bool) {
	rest, found := strings.CutPrefix(t.text, "邀请")
	if !found || !t.may(plan.ActInvite) {
		return "", false
	}
	if invites(rest) {
		return rest, true
	}
	m := officeInvite.FindStringSubmatch(rest)
	if m == nil {
		return "", false
	}
	_, ok = t.knownOffice(m[1])
	return m[1], ok
}

// offices are the spellings of departments in use, if a plan is there.
func (t *turn) offices() []string {
	if p := t.current(); p != nil {
		return t.departments(p)
	}
	return nil
}

// unified is a department as it is called already.
func (t *turn) unified(name string, known []string) string {
	p := t.current()
	if p == nil || name == "" {
		return name
	}
	return t.router.offices.unify(name, p.Place, known)
}

// invited reads role and department; ok is false where one is missing or too much.
func invited(words string) (role plan.Role, department string, ok bool) {
	for _, w := range strings.Fields(words) {
		if r, known := roleWords[w]; known && role == "" {
			role = r
			continue
		}
		if department != "" {
			return "", "", false
		}
		department = w
	}
	bound := role == plan.Staff || role == plan.Head
	return role, department, role != "" && bound == (department != "") && len([]rune(department)) <= 20
}

// inviteRole is the button of a role: staff or head of a department.
func inviteRole(t *turn) ([]render.Message, error) {
	role, department, ok := invited(t.arg(0) + " " + t.arg(1))
	if !ok {
		return stale(t)
	}
	return t.invite(role, department)
}

// invite makes an invite; only the hash of its token is stored with it.
func (t *turn) invite(role plan.Role, department string) ([]render.Message, error) {
	token, err := t.newToken()
	if err != nil {
		return nil, err
	}
	expires := t.request.Now.AddDate(0, 0, inviteDays)
	i := plan.Invite{Hash: plan.HashToken(token), Role: role, Department: department, Expires: expires}
	if err := t.desk().Invite(i); err != nil {
		return nil, err
	}
	link := ""
	if bot := t.router.options.Bot; bot != nil {
		link = "https://t.me/" + bot() + "?start=" + inviteLink + token
	}
	who := roleText(plan.Actor{Role: role, Department: department})
	return one(render.Invitation(who, link, token, expires)), nil
}

// newToken is 128 random bits in letters that a link of Telegram may hold.
func (t *turn) newToken() (string, error) {
	random := t.router.options.Random
	if random == nil {
		random = rand.Reader
	}
	bits := make([]byte, tokenBytes)
	if _, err := io.ReadFull(random, bits); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(bits), nil
}

// stamp tells messages of one kind to one person apart.
func stamp(now time.Time) string { return now.UTC().Format("20060102T150405.000") }
