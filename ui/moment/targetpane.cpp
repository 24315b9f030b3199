#include "moment/targetpane.h"

#include "moment/momentwords.h"
#include "theme/style.h"
#include "theme/theme.h"
#include "widgets/amounts.h"
#include "widgets/buttons.h"
#include "widgets/figures.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

TextLabel *wrapped(TextLabel *label)
{
    label->setWordWrap(true);
    return label;
}

TextLabel *machine(QWidget *parent)
{
    auto *label = new TextLabel({}, FontRole::Mono, Token::T1, parent);
    label->setSelectable();
    return label;
}

} // namespace

void TargetPane::Statement::say(const QString &first, const QString &second) const
{
    title->setText(first);
    detail->setText(second);
    detail->setVisible(!second.isEmpty());
}

TargetPane::TargetPane(std::shared_ptr<Clocks> clocks, QWidget *parent)
    : SidePane(parent)
    , m_clocks(std::move(clocks))
{
    setObjectName(u"target"_s);
    m_least = 312; // a time with its weekday in one line
    setAccessibleName(tr("Recovery target"));
    auto *inside = new QWidget;
    m_inside = new QVBoxLayout(inside);
    m_inside->setContentsMargins(17, 14, 8, 8);
    m_inside->setSpacing(5);
    buildHead();
    buildWays();
    buildMeaning();
    m_inside->addStretch(1);
    column()->setContentsMargins(1, 0, 0, 0);
    column()->setSpacing(0);
    column()->addWidget(makeScrolling(inside), 1);
    buildUse();
    show(TargetFacts {});
}

QVBoxLayout *TargetPane::section(const QString &title)
{
    auto *line = new Ground(Token::Alt, Ground::Line::Top);
    auto *column = new QVBoxLayout(line);
    column->setContentsMargins(0, 8, 0, 4);
    column->setSpacing(5);
    column->addWidget(new TextLabel(title, FontRole::Small, Token::T2));
    m_inside->addWidget(line);
    return column;
}

void TargetPane::buildHead()
{
    m_title = wrapped(new TextLabel({}, FontRole::Verdict));
    m_title->setObjectName(u"stopTitle"_s);
    m_utcName = new TextLabel({}, FontRole::Secondary, Token::T2);
    m_localName = new TextLabel({}, FontRole::Secondary, Token::T2);
    m_utc = machine(this);
    m_local = machine(this);
    m_utcName->setElided(); // the figures keep their room
    m_localName->setElided();
    m_lsn = machine(this);
    m_lsn->setObjectName(u"stopLsn"_s);
    m_inside->addWidget(new TextLabel(tr("Stop recovery"), FontRole::Secondary, Token::T2));
    m_inside->addWidget(m_title);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_utcName, 0, 0);
    grid->addWidget(m_utc, 0, 1);
    grid->addWidget(m_localName, 1, 0);
    grid->addWidget(m_local, 1, 1);
    grid->addWidget(new TextLabel(tr("LSN"), FontRole::Secondary, Token::T2), 2, 0);
    grid->addWidget(m_lsn, 2, 1);
    m_inside->addLayout(grid);
    m_previous = makeSmallButton(tr("Previous commit"));
    m_previous->setObjectName(u"previousCommit"_s);
    m_next = makeSmallButton(tr("Next commit"));
    m_next->setObjectName(u"nextCommit"_s);
    m_copy = makeSmallButton({});
    m_copy->setObjectName(u"copyTarget"_s);
    m_copy->setIcon(Theme::of(this).icon(u"copy"_s));
    m_copy->setAccessibleName(tr("Copy the target"));
    m_copy->setToolTip(tr("Copy the target"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 4, 0, 6);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addStretch(1);
    row->addWidget(m_copy);
    m_inside->addLayout(row);
    connect(m_previous, &QPushButton::clicked, this, &TargetPane::previousWanted);
    connect(m_next, &QPushButton::clicked, this, &TargetPane::nextWanted);
    connect(m_copy, &QPushButton::clicked, this, &TargetPane::copyWanted);
}

TargetPane::Way TargetPane::way(QVBoxLayout *column, MomentStop::By by, const QString &name)
{
    Way made { new QRadioButton(name), new GlyphMark(Glyph::Attention),
        new TextLabel({}, FontRole::Secondary, Token::T2) };
    made.mark->hide();
    made.button->setObjectName(u"by%1"_s.arg(int(by)));
    made.note->setElided();
    made.note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *row = new QHBoxLayout;
    row->addWidget(made.button);
    row->addStretch(1);
    row->addWidget(made.mark);
    row->addWidget(made.note);
    column->addLayout(row);
    // Not clicked(): a screen reader's press only toggles.
    connect(made.button, &QRadioButton::toggled, this, [this, by](bool on) {
        if (on)
            Q_EMIT byWanted(by);
    });
    return made;
}

void TargetPane::buildWays()
{
    QVBoxLayout *column = section(tr("Stop by"));
    using By = MomentStop::By;
    m_lsnField = new QLineEdit;
    m_lsnField->setObjectName(u"lsnField"_s);
    m_lsnField->setAccessibleName(tr("LSN to stop before"));
    m_timeField = new QLineEdit;
    m_timeField->setObjectName(u"timeField"_s);
    m_timeField->setAccessibleName(tr("Time to stop before, with its zone"));
    m_points = new QComboBox;
    m_points->setObjectName(u"points"_s);
    m_points->setAccessibleName(tr("Restore point"));
    for (QWidget *field : std::initializer_list<QWidget *> { m_lsnField, m_timeField })
        field->setFont(Theme::of(this).font(FontRole::Mono));
    m_ways[0] = way(column, By::Transaction, tr("Transaction"));
    m_ways[1] = way(column, By::Lsn, tr("LSN"));
    column->addWidget(m_lsnField);
    m_ways[2] = way(column, By::Time, tr("Time"));
    column->addWidget(m_timeField);
    m_ways[3] = way(column, By::RestorePoint, tr("Restore point"));
    column->addWidget(m_points);
    connect(m_lsnField, &QLineEdit::returnPressed, this, [this] {
        m_lsnField->setModified(false);
        Q_EMIT lsnTyped(m_lsnField->text());
    });
    connect(m_timeField, &QLineEdit::returnPressed, this, [this] {
        m_timeField->setModified(false);
        Q_EMIT timeTyped(m_timeField->text());
    });
    for (QLineEdit *field : { m_lsnField, m_timeField })
        connect(field, &QLineEdit::textEdited, this, [field] { setInvalid(field, false); });
    connect(m_points, &QComboBox::activated, this, &TargetPane::pointWanted);
}

TargetPane::Statement TargetPane::statement(QVBoxLayout *column, const QString &name)
{
    Statement made { new GlyphMark(Glyph::None), wrapped(new TextLabel({}, FontRole::Strong)),
        wrapped(new TextLabel({}, FontRole::Secondary, Token::T2)) };
    made.title->setObjectName(name);
    made.detail->setObjectName(name + u"Detail"_s);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(made.title);
    words->addWidget(made.detail);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->setContentsMargins(0, 0, 0, 5);
    row->addWidget(made.mark, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    column->addLayout(row);
    return made;
}

void TargetPane::buildMeaning()
{
    QVBoxLayout *column = section(tr("What this means"));
    m_kept = statement(column, u"kept"_s);
    m_undone = statement(column, u"undone"_s);
    m_lost = statement(column, u"lost"_s);
    m_problem = wrapped(new TextLabel({}, FontRole::Secondary, Token::Warn));
    m_problem->setObjectName(u"targetProblem"_s);
    column->addWidget(m_problem);
    m_otherWay = wrapped(new TextLabel({}, FontRole::Secondary, Token::T2));
    m_otherWay->setObjectName(u"otherWay"_s);
    section(tr("Another way: rows only"))->addWidget(m_otherWay);
}

void TargetPane::buildUse()
{
    m_restore = makeButton(tr("Restore beside it…"), ButtonKind::Primary);
    m_restore->setObjectName(u"restoreBeside"_s);
    m_use = makeButton(tr("Use this moment…"));
    m_use->setObjectName(u"useMoment"_s);
    auto *foot = new Ground(Token::Alt, Ground::Line::Top);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 12, 16, 12);
    row->addWidget(m_use);
    row->addWidget(m_restore, 1);
    column()->addWidget(foot);
    connect(m_restore, &QPushButton::clicked, this, &TargetPane::restoreWanted);
    connect(m_use, &QPushButton::clicked, this, &TargetPane::useWanted);
}

void TargetPane::show(const TargetFacts &facts)
{
    m_facts = facts;
    showHead();
    showWays();
    showMeaning();
}

QString TargetPane::title() const
{
    if (!m_facts.stop)
        return tr("nowhere yet: choose an event");
    const MomentStop &stop = *m_facts.stop;
    switch (stop.by) {
    case MomentStop::By::Transaction:
        return tr("just before %1").arg(stop.commit ? MomentWords::number(stop.commit->xid) : u"?"_s);
    case MomentStop::By::Lsn:
        return tr("just before %1").arg(stop.before.toString());
    case MomentStop::By::Time:
        return tr("just before %1")
            .arg(m_clocks->timeOfDay(stop.at) + u' ' + m_clocks->shortZone(stop.at, m_clocks->active()));
    case MomentStop::By::RestorePoint:
        return tr("at restore point %1").arg(oneLine(stop.name));
    }
    return {};
}

void TargetPane::showHead()
{
    const auto &stop = m_facts.stop;
    m_title->setText(title());
    const Instant at = stop ? stop->at : Instant {};
    m_utcName->setText(m_clocks->zoneWords(at, Clocks::Face::Utc));
    m_localName->setText(m_clocks->zoneWords(at, Clocks::Face::Local));
    const bool timed = stop && at != Instant {};
    m_utc->setText(timed ? MomentWords::day(at, *m_clocks, Clocks::Face::Utc) : u"–"_s);
    m_local->setText(timed ? MomentWords::day(at, *m_clocks, Clocks::Face::Local) : u"–"_s);
    m_lsn->setText(
        stop ? tr("%1 timeline %2").arg(stop->before.toString()).arg(stop->timeline.value) : u"–"_s);
    m_previous->setEnabled(m_facts.choice && m_facts.choice->kept);
    m_next->setEnabled(m_facts.choice && m_facts.choice->firstLost);
    m_copy->setEnabled(stop.has_value());
    m_use->setEnabled(stop.has_value());
    m_restore->setEnabled(stop.has_value());
}

void TargetPane::showWays()
{
    const auto &stop = m_facts.stop;
    for (std::size_t i = 0; i < m_ways.size(); ++i) {
        const QSignalBlocker quiet(m_ways[i].button);
        m_ways[i].button->setEnabled(m_facts.commits);
        m_ways[i].button->setChecked(stop && int(stop->by) == int(i));
    }
    const bool points = !m_facts.points.isEmpty();
    m_ways[3].button->setEnabled(points);
    m_ways[0].note->setText(tr("exact"));
    m_ways[1].note->setText(tr("exact"));
    const auto others = m_facts.choice ? m_facts.choice->sameSecond : 0;
    m_ways[2].note->setText(others > 0
            ? tr("%1 other commits in that second", nullptr, int(others)).arg(MomentWords::number(others))
            : QString());
    m_ways[2].mark->setVisible(others > 0);
    m_ways[2].note->setToken(others > 0 ? Token::Warn : Token::T2);
    m_ways[3].note->setText(points ? tr("%n found", nullptr, int(m_facts.points.size()))
                                   : tr("none since %1").arg(m_clocks->inTable(m_facts.since)));
    const auto by = stop ? stop->by : MomentStop::By::Transaction;
    m_lsnField->setVisible(by == MomentStop::By::Lsn);
    m_timeField->setVisible(by == MomentStop::By::Time);
    m_points->setVisible(by == MomentStop::By::RestorePoint);
    if (stop) {
        echo(m_lsnField, stop->before.toString());
        echo(m_timeField, m_clocks->full(stop->at));
    }
    m_points->clear();
    for (const QString &name : m_facts.points)
        m_points->addItem(oneLine(name));
    m_points->setCurrentIndex(m_facts.point);
}

// What somebody is typing is left alone.
void TargetPane::echo(QLineEdit *field, const QString &text)
{
    if (field->isModified() && field->hasFocus())
        return;
    field->setText(text);
    setInvalid(field, false);
}

void TargetPane::refuse(MomentStop::By by, const QString &why)
{
    QLineEdit *field = by == MomentStop::By::Lsn ? m_lsnField : m_timeField;
    setInvalid(field, true);
    field->setModified(true);
    field->setToolTip(plainTip(why));
    field->setAccessibleDescription(why);
    field->setFocus(Qt::OtherFocusReason);
}

void TargetPane::sayKept(const MomentChoice &choice)
{
    if (!m_facts.unreachable.isEmpty()) {
        m_kept.mark->setGlyph(Glyph::Failed);
        return m_kept.say(tr("No backup leads to this moment"), m_facts.unreachable);
    }
    m_kept.mark->setGlyph(Glyph::Ok);
    if (!choice.kept)
        return m_kept.say(tr("Kept: nothing of what was read"), tr("every commit read lies behind it"));
    m_kept.say(tr("Kept: every commit up to %1").arg(MomentWords::number(choice.kept->xid)),
        tr("last one at %1").arg(m_clocks->full(choice.kept->at)));
}

void TargetPane::sayUndone(const MomentChoice &choice)
{
    m_undone.mark->setGlyph(choice.undone.empty() ? Glyph::None : Glyph::Cancelled);
    QStringList verbs;
    for (const WalTransaction *one : choice.undone)
        if (const QString verb = MomentWords::event(*one); !verbs.contains(verb))
            verbs << verb;
    if (verbs.isEmpty())
        m_undone.say(tr("Undone: no suspicious transaction"), tr("all of them are before this moment"));
    else
        m_undone.say(tr("Undone, as wanted: %n transactions", nullptr, int(choice.undone.size())),
            verbs.join(u", "_s));
}

void TargetPane::sayLost(const MomentChoice &choice)
{
    m_lost.mark->setGlyph(choice.lost > 0 ? Glyph::Attention : Glyph::None);
    QString reach;
    if (choice.lostUntil && m_facts.stop && *choice.lostUntil > m_facts.stop->at)
        reach = tr("%1 of work, up to %2")
                    .arg(durationWords(
                             std::chrono::ceil<std::chrono::seconds>(*choice.lostUntil - m_facts.stop->at)),
                        m_clocks->full(*choice.lostUntil));
    if (m_facts.gaps)
        reach = (reach.isEmpty() ? QString() : reach + u"; "_s) + tr("what was not read is not counted");
    m_lost.say(choice.lost == 0 ? tr("Lost as well: nothing that was read")
                                : tr("Lost as well: %1 other transactions", nullptr, int(choice.lost))
                                      .arg(MomentWords::number(choice.lost)),
        reach);
}

void TargetPane::showMeaning()
{
    m_problem->setText(m_facts.problem);
    m_problem->setVisible(!m_facts.problem.isEmpty());
    if (m_facts.choice) {
        sayKept(*m_facts.choice);
        sayUndone(*m_facts.choice);
        sayLost(*m_facts.choice);
    } else {
        for (const auto &[one, name] : { std::pair(&m_kept, tr("Kept")), std::pair(&m_undone, tr("Undone")),
                 std::pair(&m_lost, tr("Lost as well")) }) {
            one->mark->setGlyph(Glyph::Unknown);
            one->say(tr("%1: not known yet", "kept, undone or lost").arg(name), {});
        }
    }
    const QString cluster = m_facts.cluster.isEmpty() ? tr("the cluster") : oneLine(m_facts.cluster);
    m_otherWay->setText(m_facts.relations > 0
            ? tr("Restore beside %1 and copy %n tables back. Nothing else is lost.", nullptr,
                m_facts.relations)
                  .arg(cluster)
            : tr("Restore beside %1 and copy the rows back. Nothing else is lost.").arg(cluster));
}

QString TargetPane::words() const
{
    if (!m_facts.stop)
        return {};
    return tr("%1: stop recovery %2\n%3 (LSN %4, timeline %5)")
        .arg(oneLine(m_facts.cluster), title(), m_clocks->both(m_facts.stop->at),
            m_facts.stop->before.toString())
        .arg(m_facts.stop->timeline.value);
}

} // namespace tidemark
