package commands

import (
	"errors"

	"duban/plan"
)

// refusal is the sentence for an error that a person can do something about; "" for any
// other error.
func refusal(t *turn, err error) string {
	if forbidden, ok := errors.AsType[*plan.Forbidden](err); ok {
		return forbiddenText(t, forbidden)
	}
	switch {
	case errors.Is(err, plan.ErrDecided):
		return "这一项已经由别人处理过了。发“待审”看还有哪些。"
	case errors.Is(err, errFiled):
		return "这一项已经有填报，不能记为“不是指标”。确要停办就发：" + usage[plan.Drop]
	case errors.Is(err, plan.ErrUnsigned):
		return "这一项还没有单位负责人签核，签核以后才能审核。"
	case errors.Is(err, plan.ErrInvalid):
		return "内容不全或前后矛盾，没有记下。发“帮助”看写法。"
	case errors.Is(err, plan.ErrNotFound):
		return "没有找到这一项，可能已经改动。发“目录”重新查看。"
	}
	return ""
}

// forbiddenText says whose business it is and what works instead.
func forbiddenText(t *turn, f *plan.Forbidden) string {
	switch {
	case f.Act == plan.ActFile && (f.Actor.Role == plan.Staff || f.Actor.Role == plan.Head),
		f.Act == plan.ActRequest && (f.Actor.Role == plan.Staff || f.Actor.Role == plan.Head):
		if f.Duty == nil {
			return "这一项还没有落实责任单位，请督查室先分派。你负责的：/mine"
		}
		return "这一项归" + f.Duty.Lead + "填报。你负责的：/mine"
	case f.Act == plan.ActFile, f.Act == plan.ActRequest:
		return "填报要先登记为责任单位的人员。请向管理员要邀请链接，收到后点开就行。"
	case f.Act == plan.ActSign:
		return "签核由本单位负责人办理。"
	case f.Actor.Role == plan.Public:
		return "这个功能给登记过的工作人员用。想查进展可以直接提问，或发“帮助”。"
	}
	return "你的身份（" + roleText(t.actor) + "）不能用这个功能；" + keeperOf(f.Act) + "可以。发“帮助”看你能用的。"
}

// keeperOf names who may do an act.
func keeperOf(act plan.Act) string {
	switch act {
	case plan.ActSign, plan.ActSeeDepartment:
		return "单位负责人和督查室"
	case plan.ActInvite, plan.ActManage, plan.ActBackup, plan.ActImport, plan.ActSeeOutbox:
		return "管理员"
	}
	return "督查室"
}

// roleText says who somebody is: 民政局填报人员, 督查室.
func roleText(a plan.Actor) string {
	switch a.Role {
	case plan.Staff:
		return a.Department + "填报人员"
	case plan.Head:
		return a.Department + "负责人"
	case plan.Supervisor:
		return "督查室"
	case plan.Admin:
		return "管理员"
	}
	return "公众"
}
