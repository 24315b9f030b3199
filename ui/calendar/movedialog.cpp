#include "calendar/movedialog.h"

#include "schedule/timeofday.h"
#include "theme/errortext.h"
#include "widgets/figures.h"
#include "widgets/textlabel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QTimeEdit>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Confirmation confirmationFor(const MoveDialog::About &about)
{
    Confirmation made;
    made.environment = about.environment;
    made.target = about.target;
    made.title = MoveDialog::tr("Move to another time?");
    made.text
        = MoveDialog::tr("Changes the time in the fleet file, at once, and blocks nothing. The times of the "
                         "last four weeks, as long as they really took, and the next four are looked at.");
    made.wayBack = MoveDialog::tr("Undo: move it back the same way.");
    made.act = MoveDialog::tr("Move it");
    made.keep = MoveDialog::tr("Keep as it is");
    return made;
}

QString overlapWords(const Overlaps &overlaps)
{
    if (overlaps.count == 0)
        return MoveDialog::tr("no overlap");
    return MoveDialog::tr("%n overlaps, %1 min together", nullptr, overlaps.count)
        .arg(overlaps.minutes.count());
}

void addRow(QFormLayout *form, const QString &name, QWidget *widget)
{
    auto *label = new TextLabel(name, FontRole::Interface, Token::T2);
    label->setBuddy(widget);
    widget->setAccessibleName(name);
    form->addRow(label, widget);
}

} // namespace

QString changedLines(const QByteArray &before, const QByteArray &after)
{
    const QList<QByteArray> old = before.split('\n');
    const QList<QByteArray> now = after.split('\n');
    qsizetype head = 0;
    while (head < old.size() && head < now.size() && old[head] == now[head])
        ++head;
    qsizetype tail = 0;
    while (tail < old.size() - head && tail < now.size() - head
        && old[old.size() - 1 - tail] == now[now.size() - 1 - tail])
        ++tail;
    QStringList lines;
    const auto add = [&](const QList<QByteArray> &text, QChar sign) {
        for (qsizetype i = head; i < text.size() - tail; ++i)
            lines.append(u"%1 %2 %3"_s.arg(
                QString::number(i + 1), QString(sign), oneLine(QString::fromUtf8(text[i]))));
    };
    add(old, u'−');
    add(now, u'+');
    return lines.join(u'\n');
}

MoveDialog::MoveDialog(About about, QWidget *parent)
    : ConfirmationDialog(confirmationFor(about), parent)
    , m_facts(std::move(about))
    , m_what(new QComboBox(this))
    , m_time(new QTimeEdit(this))
    , m_before(new TextLabel({}, FontRole::Interface))
    , m_after(new TextLabel({}, FontRole::Strong))
    , m_lines(new TextLabel({}, FontRole::Mono))
    , m_note(new TextLabel({}, FontRole::Secondary, Token::T2))
{
    setAttribute(Qt::WA_DeleteOnClose);
    for (const Movable &one : m_facts.movables)
        m_what->addItem(one.window ? tr("window %1").arg(oneLine(one.name)) : oneLine(one.name));
    m_what->setObjectName(u"what"_s);
    m_time->setObjectName(u"time"_s);
    m_time->setDisplayFormat(u"HH:mm"_s);
    m_after->setObjectName(u"after"_s);
    m_lines->setObjectName(u"lines"_s);
    m_lines->setTextFormat(Qt::PlainText);
    m_lines->setWordWrap(true);
    m_note->setWordWrap(true);
    auto *body = new QWidget;
    auto *form = new QFormLayout(body);
    form->setContentsMargins({});
    form->setVerticalSpacing(8);
    form->setHorizontalSpacing(12);
    addRow(form, tr("What moves"), m_what);
    addRow(form, tr("New time"), m_time);
    addRow(form, tr("As it is"), m_before);
    addRow(form, tr("Moved"), m_after);
    auto *file = new TextLabel(m_facts.file, FontRole::Secondary, Token::T2);
    file->setElided();
    form->addRow(file);
    form->addRow(m_lines);
    form->addRow(m_note);
    insert(body);
    connect(m_what, &QComboBox::currentIndexChanged, this, &MoveDialog::choose);
    connect(m_time, &QTimeEdit::timeChanged, this, &MoveDialog::tell);
    choose(0);
}

const Movable &MoveDialog::chosen() const
{
    return m_facts.movables[std::size_t(std::max(0, m_what->currentIndex()))];
}

void MoveDialog::choose(int movable)
{
    const Movable &what = m_facts.movables[std::size_t(movable)];
    const QSignalBlocker quiet(m_time);
    m_time->setTime(m_facts.best[std::size_t(movable)].value_or(what.at));
    m_note->setText(what.window ? QString()
            : what.command.isEmpty()
            ? tr("Tidemark's file says when a run is expected. Whatever starts it must be told as well.")
            : tr("Tidemark's file says when a run is expected. Whatever starts it must be told as well: %1")
                  .arg(oneLine(what.command)));
    m_note->setVisible(!m_note->text().isEmpty());
    tell();
}

void MoveDialog::tell()
{
    const Movable &what = chosen();
    m_before->setText(u"%1 — %2"_s.arg(
        what.at.toString(u"HH:mm"_s), overlapWords(overlapsAt(*m_facts.plan, what, what.at))));
    m_after->setText(u"%1 — %2"_s.arg(
        m_time->time().toString(u"HH:mm"_s), overlapWords(overlapsAt(*m_facts.plan, what, m_time->time()))));
    setActEnabled(false);
    Q_EMIT changed();
}

std::vector<FleetEdit> MoveDialog::edits() const
{
    const Movable &what = chosen();
    const auto when = atTimeOfDay(what.when, what.form, m_time->time());
    if (!when || m_time->time() == what.at)
        return {};
    return { { { what.window ? u"windows"_s : u"schedules"_s, what.name, u"when"_s }, *when } };
}

void MoveDialog::showLines(const Result<QByteArray> &after, const QByteArray &before)
{
    const QString lines = after ? changedLines(before, *after) : QString();
    m_lines->setText(!after   ? errorText(after.error()).sentence + u": "_s + oneLine(after.error().detail)
            : lines.isEmpty() ? tr("nothing changes")
                              : lines);
    setActEnabled(after && !lines.isEmpty());
}

} // namespace tidemark
