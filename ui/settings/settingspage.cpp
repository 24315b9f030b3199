#include "settings/settingspage.h"

#include "settings/namelist.h"
#include "settings/personalsections.h"
#include "settings/sections.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/figures.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QStackedWidget>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Sections over a list of things; the order of the list at the left.
enum Section { ServerItems, SourceItems, ObjectiveItems };

} // namespace

SettingsPage::SettingsPage(PageContext context, QWidget *parent)
    : Page(std::move(context), parent)
    , m_names(new NameList(160))
    , m_sections(new QStackedWidget(this))
    , m_banner(new Banner(this))
    , m_words(new TextLabel({}, FontRole::Interface, Token::T2))
    , m_discard(makeButton(tr("Discard changes")))
    , m_save(makeButton(tr("Save to the fleet file"), ButtonKind::Primary))
    , m_tasks(m_context.inFlight)
{
    m_names->setAccessibleName(tr("Sections"));
    m_names->setObjectName(u"sections"_s);
    connect(m_names, &QListWidget::currentRowChanged, m_sections, &QStackedWidget::setCurrentIndex);
    m_items = { new ServersSection(m_context, &m_pending), new SourcesSection(m_context, &m_pending),
        new ObjectivesSection(m_context, &m_pending) };
    addSection(tr("Servers"), m_items[ServerItems]);
    addSection(tr("Sources"), m_items[SourceItems]);
    addSection(tr("Objectives"), m_items[ObjectiveItems]);
    addSection(tr("Time zone"), new ZoneSection(m_context));
    addSection(tr("Appearance"), new AppearanceSection(m_context));
    addSection(tr("Notifications"), new NotificationSection(m_context));
    addSection(tr("Data folders"), new FoldersSection(m_context));
    m_names->setCurrentRow(0);
    for (ItemSection *section : m_items) {
        connect(section, &ItemSection::applyNow, this,
            [this, section](const std::vector<FleetEdit> &edits, const QString &choose) {
                applyNow(section, edits, choose);
            });
    }

    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    auto *names = new Ground(Token::Alt, Ground::Line::Right);
    auto *list = new QVBoxLayout(names);
    list->setContentsMargins(0, 0, 1, 0);
    list->addWidget(m_names);
    row->addWidget(names);
    row->addWidget(m_sections, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addLayout(row, 1);
    column->addWidget(makeFooter());
    connect(&m_pending, &PendingChanges::changed, this, &SettingsPage::tellPending);
    connect(m_context.fleet.get(), &OpenFleet::changed, this, &SettingsPage::reload);
    reload();
}

void SettingsPage::addSection(const QString &name, QWidget *section)
{
    m_names->addItem(name);
    m_sections->addWidget(section);
}

QWidget *SettingsPage::makeFooter()
{
    auto *footer = new Footer;
    m_words->setElided();
    footer->addWords(m_words);
    footer->addButton(m_discard);
    footer->addButton(m_save);
    connect(m_discard, &QPushButton::clicked, this, [this] {
        m_pending.clear();
        reload();
    });
    connect(m_save, &QPushButton::clicked, this, &SettingsPage::save);
    return footer;
}

void SettingsPage::reload()
{
    for (ItemSection *section : m_items)
        section->reload();
    tellPending();
}

void SettingsPage::tellPending()
{
    const int count = m_pending.count();
    const QString path = m_context.fleet->path();
    m_words->setText(count == 0 ? path : tr("%n change(s) not saved to %1", nullptr, count).arg(path));
    m_discard->setEnabled(count > 0);
    m_save->setEnabled(count > 0 && m_context.fleet->isOpen());
    Q_EMIT badgeChanged();
}

QString SettingsPage::badge() const
{
    return m_pending.count() == 0 ? QString() : QString::number(m_pending.count());
}

void SettingsPage::save()
{
    m_banner->clear();
    m_save->setEnabled(false);
    const OpenFleet &fleet = *m_context.fleet;
    m_tasks.start(
        m_context.fleetFile->edit(fleet.path(), fleet.loaded().text, m_pending.all(), m_tasks.token()),
        [this](const Result<LoadedFleet> &loaded) {
            if (loaded)
                m_pending.clear();
            if (!takeOver(loaded))
                m_save->setEnabled(true);
        });
}

void SettingsPage::applyNow(ItemSection *section, const std::vector<FleetEdit> &edits, const QString &choose)
{
    m_banner->clear();
    const OpenFleet &fleet = *m_context.fleet;
    m_tasks.start(m_context.fleetFile->edit(fleet.path(), fleet.loaded().text, edits, m_tasks.token()),
        [this, section, choose](const Result<LoadedFleet> &loaded) {
            if (takeOver(loaded) && !choose.isEmpty())
                section->choose(choose);
        });
}

bool SettingsPage::takeOver(const Result<LoadedFleet> &loaded)
{
    if (loaded) {
        m_context.fleet->open(m_context.fleet->path(), *loaded);
        Q_EMIT statusMessage(tr("Saved to %1").arg(m_context.fleet->path()));
        return true;
    }
    m_banner->showError(tr("Nothing was saved"), loaded.error());
    if (loaded.error().code == u"fleet.changed"_s)
        m_banner->addAction(tr("Read the file again, keep my changes"), [this] { reloadFile(); });
    return false;
}

void SettingsPage::reloadFile()
{
    m_tasks.start(m_context.fleetFile->load(m_context.fleet->path(), m_tasks.token()),
        [this](const Result<LoadedFleet> &loaded) {
            if (!loaded)
                return m_banner->showError(tr("The fleet file could not be read again"), loaded.error());
            m_banner->clear();
            m_context.fleet->open(m_context.fleet->path(), *loaded);
        });
}

void SettingsPage::setScope(const QString &cluster)
{
    Page::setScope(cluster);
    if (cluster.isEmpty())
        return;
    m_items[ServerItems]->choose(cluster);
    m_items[ObjectiveItems]->choose(cluster);
}

void SettingsPage::showItem(const QStringList &item)
{
    if (item.size() < 2)
        return;
    const bool objective = item.value(2) == "objectives"_L1;
    const int section = item.front() == "sources"_L1 ? SourceItems : objective ? ObjectiveItems : ServerItems;
    m_names->setCurrentRow(section);
    m_items[std::size_t(section)]->showField(item[1], item.sliced(2));
}

std::vector<QWidget *> SettingsPage::panes()
{
    std::vector<QWidget *> all { m_names };
    const auto section = std::size_t(m_sections->currentIndex());
    if (section < m_items.size())
        std::ranges::copy(m_items[section]->panes(), std::back_inserter(all));
    else
        all.push_back(m_sections->currentWidget());
    all.push_back(m_save->parentWidget());
    return all;
}

std::vector<PaletteEntry> SettingsPage::paletteEntries()
{
    std::vector<PaletteEntry> entries;
    for (int row = 0; row < m_names->count(); ++row) {
        const QString name = m_names->item(row)->text();
        entries.push_back({ .text = tr("Settings: %1").arg(name),
            .icon = u"settings"_s,
            .open =
                [this, row] {
                    Q_EMIT openPage(u"settings"_s);
                    m_names->setCurrentRow(row);
                },
            .goesTo = true });
    }
    for (const Cluster &cluster : m_context.fleet->fleet().clusters) {
        entries.push_back(entryOf({ u"clusters"_s, cluster.name }));
        entries.back().cluster = cluster.name;
    }
    for (const Source &source : m_context.fleet->fleet().sources) {
        entries.push_back(entryOf({ u"sources"_s, source.name }));
        if (source.clusters.size() == 1)
            entries.back().cluster = source.clusters.front();
    }
    return entries;
}

// The settings of one server or source.
PaletteEntry SettingsPage::entryOf(const QStringList &item)
{
    PaletteEntry entry;
    entry.text = tr("Settings of %1…").arg(oneLine(item[1]));
    entry.hint = item.front() == "sources"_L1 ? tr("source") : tr("connection, environment, objectives");
    entry.icon = u"settings"_s;
    entry.goesTo = true;
    entry.open = [this, item] { Q_EMIT openItem(u"settings"_s, item); };
    return entry;
}

} // namespace tidemark
