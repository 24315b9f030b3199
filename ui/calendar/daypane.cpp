#include "calendar/daypane.h"

#include "calendar/conflictcard.h"
#include "calendar/hourlanes.h"
#include "insight/facts.h"
#include "shell/accepting.h"
#include "widgets/amounts.h"
#include "widgets/buttons.h"
#include "widgets/copydialog.h"
#include "widgets/delegates.h"
#include "widgets/figures.h"
#include "widgets/keyvalue.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Figures stand at the right.
class FigureDelegate : public CellDelegate
{
public:
    using CellDelegate::CellDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        CellDelegate::initStyleOption(option, index);
        option->displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
    }
};

QToolButton *stepButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(Theme::of(parent).icon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

QString assuranceWords(Assurance assurance)
{
    switch (assurance) {
    case Assurance::Refuted:
        return DayPane::tr("a check failed");
    case Assurance::Listed:
        return DayPane::tr("never, it is only listed");
    case Assurance::Structure:
        return DayPane::tr("its parts are all there");
    case Assurance::Contents:
        return DayPane::tr("its bytes were checked");
    case Assurance::Restored:
        return DayPane::tr("it was restored");
    }
    return {};
}

const ArtifactFact *artifactOf(const CatalogueFacts &facts, const QString &id)
{
    for (const ClusterFacts &cluster : facts.clusters)
        for (const ArtifactFact &artifact : cluster.artifacts)
            if (!id.isEmpty() && artifact.id == id)
                return &artifact;
    return nullptr;
}

} // namespace

DayPane::DayPane(std::shared_ptr<Clocks> clocks, QWidget *parent)
    : SidePane(parent)
    , m_clocks(std::move(clocks))
    , m_words(m_clocks)
    , m_runs(new CalendarRunModel(
          int(CalendarRunModel::Column::Count),
          [this](const CalendarRunRow &row, int column) { return cell(row, column); }, this))
    , m_title(new TextLabel({}, FontRole::PageTitle))
    , m_summary(new TextLabel({}, FontRole::Secondary, Token::T2))
    , m_back(stepButton(u"left"_s, tr("Day before"), this))
    , m_forth(stepButton(u"right"_s, tr("Day after"), this))
    , m_hoursTitle(new TextLabel({}, FontRole::SecondaryStrong))
    , m_hoursNote(new TextLabel({}, FontRole::Secondary, Token::T3))
    , m_hours(new HourLanes(m_words, HourLanes::Span::Pane))
    , m_conflict(new ConflictCard)
    , m_fault(new ConflictCard)
    , m_table(new QTableView)
    , m_runTitle(new TextLabel({}, FontRole::Strong))
    , m_state(new StateChip(Glyph::None, {}))
    , m_facts(new KeyValueList)
    , m_details(buildDetails())
{
    setObjectName(u"dayPane"_s);
    column()->setContentsMargins(1, 0, 0, 0);
    column()->setSpacing(0);
    buildTable();
    auto *hours = new QWidget;
    auto *over = new QVBoxLayout(hours);
    over->setContentsMargins(16, 8, 12, 6);
    over->setSpacing(2);
    auto *line = new QHBoxLayout;
    line->addWidget(m_hoursTitle);
    line->addStretch(1);
    line->addWidget(m_hoursNote);
    over->addLayout(line);
    over->addWidget(m_hours);
    m_hours->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    auto *upper = new QWidget;
    auto *rows = new QVBoxLayout(upper);
    rows->setContentsMargins({});
    rows->setSpacing(0);
    rows->addWidget(buildHead());
    rows->addWidget(hours);
    rows->addWidget(m_conflict);
    rows->addWidget(m_fault);
    rows->addWidget(m_table, 1);
    rows->addWidget(m_details);
    column()->addWidget(makeScrolling(upper), 1);
    connect(m_hours, &CalendarSurface::runWanted, this, &DayPane::runWanted);
    m_conflict->setObjectName(u"conflict"_s);
    m_fault->setObjectName(u"fault"_s);
    connect(m_conflict, &ConflictCard::moveWanted, this, [this] { Q_EMIT moveWanted(m_shownConflict); });
    connect(m_conflict, &ConflictCard::acceptWanted, this, &DayPane::acceptConflict);
    connect(m_fault, &ConflictCard::acceptWanted, this, &DayPane::acceptFault);
    connect(m_back, &QToolButton::clicked, this, [this] { Q_EMIT dayWanted(m_scene.chosen.addDays(-1)); });
    connect(m_forth, &QToolButton::clicked, this, [this] { Q_EMIT dayWanted(m_scene.chosen.addDays(1)); });
}

QWidget *DayPane::buildHead()
{
    auto *head = new Ground(Token::Alt, Ground::Line::Bottom);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(16, 10, 12, 10);
    row->setSpacing(4);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_title->setObjectName(u"dayTitle"_s);
    m_title->setElided();
    m_summary->setObjectName(u"daySummary"_s);
    m_summary->setWordWrap(true);
    words->addWidget(m_title);
    words->addWidget(m_summary);
    row->addLayout(words, 1);
    row->addWidget(m_back, 0, Qt::AlignTop);
    row->addWidget(m_forth, 0, Qt::AlignTop);
    return head;
}

void DayPane::buildTable()
{
    m_table->setObjectName(u"dayRuns"_s);
    m_table->setAccessibleName(tr("Runs of the day"));
    m_table->setModel(m_runs);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setEditTriggers(QTableView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::of(this).px(26));
    QHeaderView *header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionsClickable(false);
    header->setMinimumSectionSize(Theme::of(this).px(30));
    const std::array<int, 4> widths { 52, 0, 78, 66 };
    for (int i = 0; i < 4; ++i) {
        header->setSectionResizeMode(i, i == 1 ? QHeaderView::Stretch : QHeaderView::Fixed);
        if (widths[std::size_t(i)] > 0)
            header->resizeSection(i, Theme::of(this).px(widths[std::size_t(i)]));
    }
    m_table->setItemDelegate(new StateDelegate(m_table));
    m_table->setItemDelegateForColumn(0, new MonoDelegate(m_table));
    m_table->setItemDelegateForColumn(2, new FigureDelegate(m_table));
    m_table->setItemDelegateForColumn(3, new FigureDelegate(m_table));
    m_table->setMinimumHeight(Theme::of(this).px(26 * 4));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (m_filling)
            return;
        showRun();
        if (const int run = chosenRun(); run >= 0 && run != m_scene.run)
            Q_EMIT runWanted(run);
    });
}

QWidget *DayPane::buildDetails()
{
    auto *pane = new Ground(Token::Alt, Ground::Line::Top);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(16, 10, 12, 12);
    column->setSpacing(6);
    auto *head = new QHBoxLayout;
    m_runTitle->setElided();
    m_runTitle->setObjectName(u"runTitle"_s);
    head->addWidget(m_runTitle, 1);
    head->addWidget(m_state);
    column->addLayout(head);
    column->addWidget(m_facts);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_log = makeSmallButton(tr("Show what it said"));
    m_log->setObjectName(u"said"_s);
    m_timeline = makeSmallButton(tr("Show in timeline"));
    m_timeline->setObjectName(u"timeline"_s);
    m_accept = makeSmallButton(tr("Accept once…"));
    m_accept->setObjectName(u"acceptRun"_s);
    buttons->addWidget(m_timeline);
    buttons->addWidget(m_log);
    buttons->addWidget(m_accept);
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(m_log, &QPushButton::clicked, this, &DayPane::showWords);
    connect(m_accept, &QPushButton::clicked, this, &DayPane::acceptRun);
    connect(m_timeline, &QPushButton::clicked, this, [this] { Q_EMIT timelineWanted(chosenRun()); });
    return pane;
}

void DayPane::setScene(const CalendarScene &scene, std::shared_ptr<const Knowledge> knowledge)
{
    m_scene = scene;
    m_knowledge = std::move(knowledge);
    fill();
}

void DayPane::resizeEvent(QResizeEvent *event)
{
    SidePane::resizeEvent(event);
    // A narrow pane keeps the room for the names; the size is told below.
    m_table->setColumnHidden(int(CalendarRunModel::Column::Size), width() < Theme::of(this).px(330));
}

void DayPane::reword()
{
    fill();
}

void DayPane::takeFocus()
{
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->currentIndex().isValid() && m_runs->rowCount() > 0)
        m_table->selectRow(0);
}

int DayPane::chosenRun() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_runs->row(current.row()).run : -1;
}

void DayPane::fill()
{
    const CalendarDay day = dayOf(*m_scene.facts, m_scene.chosen, m_scene.zone);
    m_title->setText(CalendarWords::day(day.date));
    m_summary->setText(CalendarWords::daySummary(m_scene, day));
    fillTable(day);
    m_hours->setScene(m_scene);
    m_hoursTitle->setText(tr("Busy hours, %1").arg(m_clocks->zoneWords(day.begin)));
    m_hoursNote->setText(m_hours->hoursWords());
    m_hours->setFixedHeight(m_hours->sizeHint().height());
    fillConflicts(day);
    fillFault(day);
    showRun();
}

void DayPane::fillConflicts(const CalendarDay &day)
{
    m_shownConflict = -1;
    const auto weight = [this](int index) { // those of the chosen run, then open ones, then the longest
        const Conflict &one = m_scene.facts->conflicts[std::size_t(index)];
        const bool mine = one.first == m_scene.run || one.second == m_scene.run;
        return std::tuple(mine, !one.accepted, one.minutes());
    };
    for (const int index : day.conflicts)
        if (m_shownConflict < 0 || weight(index) > weight(m_shownConflict))
            m_shownConflict = index;
    if (m_shownConflict < 0)
        return m_conflict->hide();
    const Conflict &shown = m_scene.facts->conflicts[std::size_t(m_shownConflict)];
    QString text = m_words.conflictText(m_scene, shown);
    if (shown.accepted)
        text += u' ' + acceptedWords(*shown.accepted, *m_clocks) + u'.';
    if (day.conflicts.size() > 1)
        text += u' ' + tr("%n more overlaps on this day.", nullptr, int(day.conflicts.size()) - 1);
    const CalendarRun &second = m_scene.runAt(shown.second);
    m_conflict->say({ .title = CalendarWords::conflictTitle(m_scene, shown),
        .text = text,
        .accepted = shown.accepted.has_value(),
        .move
        = shown.accepted ? QString() : tr("Move %1…").arg(oneLine(m_scene.trackOf(second).label).left(18)) });
}

// The gap that a day lies in; one that is not accepted, and the longest of those.
void DayPane::fillFault(const CalendarDay &day)
{
    m_shownFault = -1;
    const auto &faults = m_scene.facts->faults;
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const bool here
            = faults[i].from < day.end && day.begin < faults[i].to.value_or(m_scene.facts->plan.now);
        if (here && (m_shownFault < 0 || (faults[std::size_t(m_shownFault)].accepted && !faults[i].accepted)))
            m_shownFault = int(i);
    }
    if (m_shownFault < 0)
        return m_fault->hide();
    const CalendarFault &shown = faults[std::size_t(m_shownFault)];
    QString text = shown.to ? tr("No instant between them can be restored.")
                            : tr("Recovery to any instant ends there until a new base backup is taken.");
    if (shown.accepted)
        text += u' ' + acceptedWords(*shown.accepted, *m_clocks) + u'.';
    m_fault->say({ .title = m_words.fault(shown),
        .text = text,
        .failed = true,
        .accepted = shown.accepted.has_value(),
        .move = {},
        .canAccept = !shown.occurrence.isEmpty() });
}

void DayPane::acceptOrTakeBack(const std::optional<Acceptance> &accepted, const QString &occurrence,
    const QString &what, const QString &means)
{
    if (accepted)
        Q_EMIT withdrawWanted(accepted->key);
    else
        Q_EMIT acceptWanted(occurrence, what, means);
}

void DayPane::acceptConflict()
{
    const Conflict &shown = m_scene.facts->conflicts[std::size_t(m_shownConflict)];
    acceptOrTakeBack(shown.accepted, occurrenceOf(m_scene.facts->plan, shown),
        CalendarWords::conflictTitle(m_scene, shown),
        m_words.conflictText(m_scene, shown) + u' '
            + tr("Accepted, it stays in the calendar and counts for nothing. The next one is told again."));
}

void DayPane::acceptFault()
{
    const CalendarFault &shown = m_scene.facts->faults[std::size_t(m_shownFault)];
    acceptOrTakeBack(shown.accepted, shown.occurrence, m_words.fault(shown),
        shown.to ? tr("It stays a gap: what could not be restored cannot be. Accepted, it raises no alarm "
                      "any more, here, in notifications and in checks.")
                 : tr("It still grows. Accepted is what is lost so far: no alarm is raised for a day, and "
                      "checks only warn. If it still lasts then, it is told again."));
}

void DayPane::acceptRun()
{
    const int index = chosenRun();
    if (index < 0)
        return;
    const CalendarRun &run = m_scene.runAt(index);
    acceptOrTakeBack(run.accepted, run.occurrence(),
        u"%1: %2"_s.arg(CalendarWords::runTitle(m_scene, run), CalendarWords::state(run, false)),
        tr("The run of %1. Accepted, it stays in the calendar and counts for nothing; the backup it was to "
           "make is "
           "still not there. The next one is told again.")
            .arg(m_clocks->full(run.due)));
}

void DayPane::fillTable(const CalendarDay &day)
{
    std::vector<CalendarRunRow> rows;
    for (const int index : day.runs) {
        const CalendarRun &run = m_scene.runAt(index);
        const CalendarTrack &track = m_scene.trackOf(run);
        bool overlaps = false;
        for (const int one : day.conflicts) {
            const Conflict &conflict = m_scene.facts->conflicts[std::size_t(one)];
            overlaps = overlaps || conflict.first == index;
        }
        rows.push_back({ index, run, CalendarWords::runTitle(m_scene, run), track.isWindow(), overlaps });
    }
    m_runs->setHeaders(
        { m_clocks->shortZone(day.begin, m_clocks->active()), tr("Run"), tr("Took"), tr("Size") });
    m_filling = true;
    m_runs->setRows(rows);
    m_runs->reword();
    const int wanted = wantedRow(rows);
    if (wanted >= 0)
        m_table->selectRow(wanted);
    m_filling = false;
    if (wanted >= 0)
        m_scene.run = rows[std::size_t(wanted)].run;
    const int fit = std::clamp(int(rows.size()), 3, 8);
    m_table->setMinimumHeight(std::min(fit + 1, 5) * Theme::of(this).px(26));
}

// The chosen run, else the one that needs a person most.
int DayPane::wantedRow(const std::vector<CalendarRunRow> &rows) const
{
    int wanted = rows.empty() ? -1 : 0;
    int found = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const CalendarRun &about = rows[i].about;
        const int weight = rows[i].run == m_scene.run     ? 4
            : rows[i].window                              ? 0
            : isException(about.state) && !about.accepted ? 3
            : rows[i].overlaps                            ? 2
            : about.accepted                              ? 1
                                                          : 0;
        if (weight > found) {
            found = weight;
            wanted = int(i);
        }
    }
    return wanted;
}

Cell DayPane::cell(const CalendarRunRow &row, int column) const
{
    Cell made;
    switch (CalendarRunModel::Column(column)) {
    case CalendarRunModel::Column::Time:
        made.text = m_words.clock(m_scene.shownAt(row.about));
        break;
    case CalendarRunModel::Column::Run: {
        made.standing = row.window ? Standing::None : standingOf(row.about);
        if (row.overlaps && made.standing == Standing::Quiet)
            made.standing = Standing::Attention;
        made.text = row.title;
        made.tip = plainTip(u"%1: %2"_s.arg(row.about.schedule, CalendarWords::state(row.about, row.window)));
        if (row.about.late || row.about.accepted)
            made.aside = CalendarWords::state(row.about, row.window);
        break;
    }
    case CalendarRunModel::Column::Took:
        made.text = CalendarWords::tookOrState(row.about, row.window);
        break;
    case CalendarRunModel::Column::Size:
        made.text = row.about.run && row.about.run->size ? sizeWords(*row.about.run->size) : QString();
        break;
    case CalendarRunModel::Column::Count:
        break;
    }
    return made;
}

void DayPane::showRun()
{
    const int index = chosenRun();
    m_details->setVisible(index >= 0);
    if (index < 0 || index >= int(m_scene.facts->plan.runs.size()))
        return;
    const CalendarRun &run = m_scene.runAt(index);
    const bool window = m_scene.trackOf(run).isWindow();
    m_runTitle->setText(CalendarWords::runTitle(m_scene, run));
    const Glyph glyph = run.state == ExpectedState::Ok ? Glyph::Ok : glyphOf(run);
    m_state->setState(window ? Glyph::None : glyph, CalendarWords::state(run, window));
    describe(run);
    m_log->setVisible(run.run && !run.run->said.isEmpty());
    m_timeline->setVisible(!m_scene.trackOf(run).clusters.isEmpty());
    m_accept->setVisible(run.isBad());
    m_accept->setText(run.accepted ? tr("Take back") : tr("Accept once…"));
}

QString DayPane::verified(const CalendarRun &run) const
{
    const ArtifactFact *artifact
        = m_knowledge && run.run ? artifactOf(*m_knowledge->facts, run.run->artifact) : nullptr;
    if (!artifact)
        return {};
    const QString words = assuranceWords(artifact->assurance);
    return artifact->assuredAt ? tr("%1, %2").arg(m_clocks->inTable(*artifact->assuredAt), words) : words;
}

void DayPane::describeTimes(const CalendarRun &run, bool window)
{
    const auto span = [&](Instant from, Instant to) {
        return u"%1 – %2 %3"_s.arg(m_clocks->timeOfDay(from), m_clocks->timeOfDay(to),
            m_clocks->shortZone(from, m_clocks->active()));
    };
    const auto tell = [this](const QString &key, const QString &words) {
        m_facts->addRow(key, words, KeyValueList::Face::Machine);
    };
    if (window)
        return tell(tr("Window"), span(run.due, run.due + run.usual.value_or(std::chrono::seconds(0))));
    if (!run.run || run.late)
        tell(tr("Due"), m_clocks->full(run.due));
    if (!run.run)
        return;
    if (run.run->end && !run.late)
        return tell(tr("Ran"), span(run.run->start, *run.run->end));
    tell(tr("Began"), m_clocks->full(run.run->start));
    if (run.run->end)
        tell(tr("Ended"), m_clocks->full(*run.run->end));
    else
        m_facts->addRow(tr("Ended"),
            run.state == ExpectedState::Running ? tr("not yet, it is running") : tr("not known"));
}

void DayPane::describe(const CalendarRun &run)
{
    m_facts->clear();
    const bool window = m_scene.trackOf(run).isWindow();
    describeTimes(run, window);
    if (!window)
        m_facts->addRow(tr("Usual time"),
            run.usual ? tr("%1, median of the last runs").arg(durationWords(*run.usual))
                      : tr("not known, no run has ended well"));
    if (run.run && run.run->size)
        m_facts->addRow(tr("Size"),
            run.run->artifacts > 1
                ? tr("%1 in %n backups", nullptr, run.run->artifacts).arg(sizeWords(*run.run->size))
                : sizeWords(*run.run->size));
    if (const QString words = verified(run); !words.isEmpty())
        m_facts->addRow(tr("Verified"), words);
    if (run.run && !run.run->said.isEmpty())
        m_facts->addRow(tr("Said"), oneLine(run.run->said).left(120));
    if (run.state == ExpectedState::Missed)
        m_facts->addRow(tr("Missed"), tr("nothing ran before the next one was due or its time was over"));
    if (run.accepted)
        m_facts->addRow(tr("Accepted"),
            tr("by %1 on %2: %3")
                .arg(oneLine(run.accepted->who), m_clocks->inTable(run.accepted->at),
                    oneLine(run.accepted->reason)));
    if (m_scene.trackOf(run).isJobs())
        m_facts->addRow(
            tr("Job"), tr("%1 on %2").arg(oneLine(run.schedule), oneLine(m_scene.trackOf(run).source)));
    const QStringList clusters = m_scene.trackOf(run).clusters;
    if (!clusters.isEmpty())
        m_facts->addRow(tr("Clusters"), oneLine(clusters.join(u", "_s)));
}

void DayPane::showWords()
{
    const int index = chosenRun();
    if (index < 0)
        return;
    const CalendarRun &run = m_scene.runAt(index);
    auto *dialog = new CopyDialog(tr("What %1 said").arg(CalendarWords::runTitle(m_scene, run)),
        tr("The tool's own words about the run of %1.").arg(m_clocks->full(run.begin)),
        run.run ? run.run->said : QString(), window());
    connect(dialog, &CopyDialog::copied, this, &DayPane::copied);
    dialog->open();
}

} // namespace tidemark
