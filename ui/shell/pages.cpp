#include "activity/activitypage.h"
#include "calendar/calendarpage.h"
#include "firstrun/firstrunpage.h"
#include "moment/momentpage.h"
#include "overview/overviewpage.h"
#include "settings/settingspage.h"
#include "shell/page.h"
#include "timeline/timelinepage.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Pages {
    Q_DECLARE_TR_FUNCTIONS(Pages)
};

template <class P>
Page *make(PageContext context, QWidget *parent)
{
    return new P(std::move(context), parent);
}

PageEntry overview()
{
    return { u"overview"_s, Pages::tr("Overview"), u"overview"_s,
        { Pages::tr("status"), Pages::tr("attention"), Pages::tr("problems"), Pages::tr("storage") },
        make<OverviewPage> };
}

PageEntry timeline()
{
    return { u"timeline"_s, Pages::tr("Timeline"), u"timeline"_s,
        { Pages::tr("recoverable"), Pages::tr("windows"), Pages::tr("gaps"), Pages::tr("backups") },
        make<TimelinePage>, TimelinePage::acts() };
}

PageEntry calendar()
{
    return { u"calendar"_s, Pages::tr("Calendar"), u"calendar"_s,
        { Pages::tr("schedule"), Pages::tr("month"), Pages::tr("missed"), Pages::tr("conflicts"),
            Pages::tr("maintenance windows") },
        make<CalendarPage> };
}

PageEntry recover()
{
    return { u"recover"_s, Pages::tr("Recover"), u"recover"_s,
        { Pages::tr("find the moment"), Pages::tr("deleted"), Pages::tr("dropped"), Pages::tr("undo"),
            Pages::tr("restore"), Pages::tr("WAL"), Pages::tr("transaction") },
        make<MomentPage>, MomentPage::acts() };
}

PageEntry activity()
{
    return { u"activity"_s, Pages::tr("Activity"), u"activity"_s,
        { Pages::tr("sessions"), Pages::tr("history"), Pages::tr("log"), Pages::tr("who did what"),
            Pages::tr("running") },
        make<ActivityPage> };
}

PageEntry settings()
{
    return { u"settings"_s, Pages::tr("Settings"), u"settings"_s,
        { Pages::tr("preferences"), Pages::tr("servers"), Pages::tr("sources"), Pages::tr("objectives"),
            Pages::tr("time zone"), Pages::tr("theme") },
        make<SettingsPage> };
}

PageEntry welcome()
{
    return { u"welcome"_s, Pages::tr("Welcome to Tidemark"), u"server"_s,
        { Pages::tr("first run"), Pages::tr("connect") }, make<FirstRunPage> };
}

} // namespace

PageTable pageTable()
{
    return { { overview(), calendar(), timeline(), recover(), activity(), settings() }, welcome() };
}

} // namespace tidemark
