#pragma once

#include <QString>
#include <QTime>

#include <optional>

namespace tidemark {

// The one time of the day at which a rule of the fleet file happens ("mon..fri 20:30", "15 3 * * 0", "Sun
// 06:00"). Nothing for a rule with several times a day, with none (an interval), or one that is not of its
// form.
[[nodiscard]] std::optional<QTime> timeOfDay(const QString &when, const QString &form);
// The same rule at another time of the same days; whole minutes.
[[nodiscard]] std::optional<QString> atTimeOfDay(const QString &when, const QString &form, QTime time);

} // namespace tidemark
