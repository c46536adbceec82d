package care

import (
	"encoding/json"
	"fmt"
	"slices"

	"huifang/forecast/gate"
	"huifang/models"
)

// lookedBack is how many versions back an alert looks for the last one promoted.
const lookedBack = 200

// forecasts is whether versions of the company's forecast are being kept back since the last promotion. It is for who answers for the
// whole company, and goes away with the next promotion.
func (d *inboxDesk) forecasts() error {
	if !d.led.All {
		return nil
	}
	rows, err := d.tx.Versions(lookedBack)
	kept := keptBack(rows)
	if err != nil || len(kept) == 0 {
		return err
	}
	first := kept[len(kept)-1]
	w := wrong{kind: ForecastKeptBack, version: kept[0]}
	w.ID, w.RepID, w.Since, w.Count = first.ID, d.v.User, first.FittedOn, len(kept)
	d.rows = append(d.rows, w)
	return nil
}

// keptBack are the company's versions since the last promotion, the newest first. A company too young to judge is no fault.
func keptBack(newestFirst []models.ForecastModel) []models.ForecastModel {
	own := slices.DeleteFunc(slices.Clone(newestFirst), func(m models.ForecastModel) bool { return m.Segment != "" })
	n := slices.IndexFunc(own, func(m models.ForecastModel) bool {
		return m.State != models.ModelKeptBack || gate.Reason(m.Reason) == gate.TooYoung
	})
	if n < 0 {
		n = len(own)
	}
	return own[:n]
}

// judgedOf are the figures a version was judged by, nil when there are none.
func judgedOf(m models.ForecastModel) *gate.Judged {
	var j gate.Judged
	if m.Judged == nil || json.Unmarshal(m.Judged, &j) != nil {
		return nil
	}
	return &j
}

// sayForecast tells what the new version was judged by and what it means: the forecast goes on with the version before.
func sayForecast(e Exception, m models.ForecastModel) (zh, en string) {
	zhWhy, enWhy := whyKeptBack(gate.Reason(m.Reason), judgedOf(m))
	return fmt.Sprintf("%s新拟合的续购预测没有启用：%s。会员仍按原来的预测安排，自%s起已%d次", dayZH(m.FittedOn), zhWhy, dayZH(e.Since), e.Count),
		fmt.Sprintf("the forecast fitted on %s was not put in use: %s. Accounts are planned by the one before, %s since %s",
			m.FittedOn, enWhy, timesEN(e.Count), e.Since)
}

func timesEN(n int) string {
	if n == 1 {
		return "once"
	}
	return countEN(n, "time")
}

func whyKeptBack(reason gate.Reason, j *gate.Judged) (zh, en string) {
	if j == nil {
		return "拟合失败", "it could not be fitted"
	}
	own := j.Candidate
	switch {
	case reason == gate.WorseThanStanding:
		return fmt.Sprintf("用90天前的数据回测，误差%.3f，比当时的版本%.3f大", own.LogLoss, j.Standing.LogLoss),
			fmt.Sprintf("tested on the last 90 days its error was %.3f, that of the version of then %.3f", own.LogLoss, j.Standing.LogLoss)
	case reason == gate.WorseThanBGNBD && j.Rival != nil:
		return fmt.Sprintf("用90天前的数据回测，误差%.3f，比通用模型BG/NBD的%.3f大", own.LogLoss, j.Rival.LogLoss),
			fmt.Sprintf("tested on the last 90 days its error was %.3f, that of the textbook model BG/NBD %.3f", own.LogLoss, j.Rival.LogLoss)
	case reason == gate.BadlyCalibrated:
		return fmt.Sprintf("说的概率与实际平均相差%.1f个百分点，最多可差%.1f个", 100*own.ECE, 100*j.MostECE),
			fmt.Sprintf("its chances were off by %.1f points on average, at most %.1f are let pass", 100*own.ECE, 100*j.MostECE)
	}
	return "拟合失败", "it could not be fitted"
}
