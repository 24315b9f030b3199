#pragma once

#include "ctl/answer.h"
#include "ports/sessionjournal.h"

namespace tidemark::ctl {

// "waits for a person", as a table shows it.
[[nodiscard]] QString sessionWord(const SessionRecord &record);
// Ok: every step is done and none left out. Critical: a step failed or was lost, it was aborted, or the
// journal cannot be believed. Warning: everything else.
[[nodiscard]] Level sessionLevel(const SessionRecord &record);
// One line that says where it stands, and what a person can do about it.
[[nodiscard]] QString sessionSummary(const SessionRecord &record);
[[nodiscard]] QJsonObject sessionJson(const SessionRecord &record);
[[nodiscard]] QString stepWord(StepStatus status);
// The answer of every command that ends with one session.
[[nodiscard]] Answer sessionAnswer(const SessionRecord &record);

} // namespace tidemark::ctl
