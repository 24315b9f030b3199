#pragma once

#include "shell/page.h"
#include "widgets/bars.h"
#include "widgets/segmentedcontrol.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTableView>

namespace tidemark::test {

// A page with a filter, a table and a side pane, that keeps what it was told.
class SamplePage : public Page
{
public:
    SamplePage(PageContext context, QWidget *parent, QString id)
        : Page(std::move(context), parent)
        , m_id(std::move(id))
        , m_segments(new SegmentedControl({ tr("Everything"), tr("People"), tr("Failed") }, this))
        , m_filter(new QLineEdit(this))
        , m_table(new QTableView(this))
    {
        m_segments->setAccessibleName(tr("Which rows"));
        m_filter->setAccessibleName(tr("Filter"));
        m_filter->setPlaceholderText(tr("Filter"));
        m_table->setAccessibleName(tr("Sample rows"));
        fillTable();
        auto *side = new SidePane(this);
        side->column()->addWidget(m_filter);
        side->column()->addStretch(1);
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins({});
        row->setSpacing(0);
        row->addWidget(m_table, 1);
        row->addWidget(side);
    }
    [[nodiscard]] std::vector<QWidget *> headerControls() override { return { m_segments }; }
    void refresh() override { ++refreshes; }
    [[nodiscard]] bool offersTable() const override { return m_id == QStringLiteral("calendar"); }
    void showAsTable(bool table) override { asTable = table; }
    [[nodiscard]] QWidget *filterField() override { return m_filter; }
    [[nodiscard]] std::vector<QWidget *> panes() override { return { m_table, m_filter }; }
    [[nodiscard]] QString badge() const override { return QStringLiteral("6"); }
    [[nodiscard]] QByteArray saveState() const override { return m_filter->text().toUtf8(); }
    void restoreState(const QByteArray &state) override { m_filter->setText(QString::fromUtf8(state)); }
    void showItem(const QStringList &item) override { asked = item; }
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries() override
    {
        if (m_id == QStringLiteral("welcome"))
            return { { tr("Least-privilege roles…"), {}, {}, QStringLiteral("key"), {},
                [this] { ++opened; } } };
        if (m_id == QStringLiteral("settings"))
            return { { tr("Settings of queue-db…"), {}, {}, QStringLiteral("settings"),
                QStringLiteral("queue-db"), [this] { ++opened; } } };
        if (m_id != QStringLiteral("overview"))
            return {};
        return { { tr("Recover olap-db to a moment…"), tr("newest dump 19 Nov 01:30"), { tr("restore") },
                     QStringLiteral("recover"), QStringLiteral("olap-db"), [this] { ++opened; } },
            { tr("Recover oltp-db to a moment…"), tr("any instant since 21 Aug"), { tr("restore") },
                QStringLiteral("recover"), QStringLiteral("oltp-db"), [this] { ++opened; } },
            { tr("Start restore test of olap-db…"), tr("on restore-lab01"), {}, QStringLiteral("test"),
                QStringLiteral("restore-lab01"), [this] { ++opened; } } };
    }

    int refreshes = 0;
    int opened = 0;
    bool asTable = false;
    QStringList asked; // by another page
    TaskScope tasks { m_context.inFlight };

private:
    void fillTable()
    {
        auto *model = new QStandardItemModel(0, 4, this);
        model->setHorizontalHeaderLabels({ tr("UTC"), tr("Who"), tr("What"), tr("On") });
        for (int i = 0; i < 18; ++i)
            model->appendRow({ new QStandardItem(QStringLiteral("14:%1:12").arg(i, 2, 10, QLatin1Char('0'))),
                new QStandardItem(tr("mkeller")), new QStandardItem(tr("Reindex concurrently")),
                new QStandardItem(QStringLiteral("idx_galaxies_spatial_btree")) });
        m_table->setModel(model);
        m_table->verticalHeader()->hide();
        m_table->verticalHeader()->setDefaultSectionSize(Theme::of(this).px(26));
        m_table->horizontalHeader()->setStretchLastSection(true);
        m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        m_table->setShowGrid(false);
        m_table->setFrameShape(QFrame::NoFrame);
        m_table->setTabKeyNavigation(false);
        m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    }

    QString m_id;
    SegmentedControl *m_segments;
    QLineEdit *m_filter;
    QTableView *m_table;
};

[[nodiscard]] inline PageTable sampleTable()
{
    const auto make = [](const QString &id) {
        return [id](PageContext context, QWidget *parent) -> Page * {
            return new SamplePage(std::move(context), parent, id);
        };
    };
    const char *rows[][2] = { { "Overview", "overview" }, { "Calendar", "calendar" },
        { "Timeline", "timeline" }, { "Retention", "retention" }, { "Maintenance", "maintenance" },
        { "Recover", "recover" }, { "Runbooks", "runbook" }, { "Restore tests", "test" },
        { "Activity", "activity" }, { "Settings", "settings" } };
    PageTable table;
    for (const auto &[title, icon] : rows)
        table.pages.push_back({ QString::fromLatin1(icon), QString::fromLatin1(title),
            QString::fromLatin1(icon), {}, make(QString::fromLatin1(icon)) });
    table.welcome = { QStringLiteral("welcome"), QStringLiteral("Welcome to Tidemark"), QStringLiteral("doc"),
        {}, make(QStringLiteral("welcome")) };
    return table;
}

} // namespace tidemark::test
