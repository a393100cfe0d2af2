package commands

import "testing"

// TestAway holds who is away by their words, and what only speaks of leave or of training.
func TestAway(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{
		"下周我出差": true, "我要请假三天": true, "明天我请假": true, "我下周三到周五休假": true, "8月5日至8月9日我外出": true,
		"我局开展培训 8月5日 200人": false, "我们单位外出学习3次": false, "我市假日旅游8月5日开始": false, "我镇培训 200人": false,
	} {
		if got := awayPattern.MatchString(words); got != want {
			t.Errorf("%s: %v", words, got)
		}
	}
}

// TestSayings holds that words of the work itself are none of ours.
func TestSayings(t *testing.T) {
	t.Parallel()
	for _, words := range []string{
		"检查站建成2处", "签约项目12个", "同意设立的基金有哪些", "催化剂产业有哪些", "我市的任务是什么", "报送国家级项目3个", "人员培训200人", "通报表扬3家企业",
		"排名进入全省前10", "全市排名第3", "待办件办结12件", "导出口清淤3公里", "台账建立3个", "下载量3万次", "有多少单位完成改制", "还差2公里", "填报志愿300人", "还有几座危桥没改造", "反馈问题整改有哪些", "完成率98%", "更正登记3件", "删除黑名单2家", "还有哪些企业没搬迁", "有几家企业报了名", "工作日志3本", "没审批的项目有哪些", "建设用地申请有几个", "谁没报名", "申请专利12件", "有哪些人才政策",
	} {
		for i := range sayings {
			if sayings[i].words().MatchString(words) {
				t.Errorf("%s means %s%s", words, sayings[i].command, sayings[i].how)
			}
		}
	}
}
