#pragma once

#include "insight/alarms.h"
#include "shell/page.h"

namespace tidemark {

// Where a finding is shown best: a page and what Page::showItem() understands there.
struct FindingPlace {
    QString page;
    QStringList item;

    bool operator==(const FindingPlace &) const = default;
};
[[nodiscard]] FindingPlace placeOf(const Finding &finding);

// One notice for one new failed finding or for several at once.
[[nodiscard]] DesktopNotice noticeFor(const std::vector<Finding> &fresh, const Clocks &clocks);

// Tells the desktop of failed findings that were not there at the last conclusion, and what a click wants.
// Which ones were told outlives the program.
class Alarms : public QObject
{
    Q_OBJECT

public:
    explicit Alarms(PageContext context, QObject *parent = nullptr);

Q_SIGNALS:
    void wanted(const tidemark::FindingPlace &place);

private:
    void look();
    void open(const QString &key);

    PageContext m_context;
    QString m_fleet; // of m_told
    ToldAlarms m_told;
    std::vector<std::pair<QString, FindingPlace>> m_places; // of notices that may still be clicked
};

} // namespace tidemark
