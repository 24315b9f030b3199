#include "shell/page.h"

#include "overview/overviewpage.h"

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

} // namespace

PageTable pageTable()
{
    return { { overview() }, {} };
}

} // namespace tidemark
