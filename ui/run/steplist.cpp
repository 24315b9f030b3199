#include "run/steplist.h"

#include "run/runwords.h"
#include "theme/theme.h"
#include "widgets/figures.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int PhaseHeight = 26;
constexpr int StepHeight = 30;

class StepDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool phase = !index.data(StepModel::PhaseRole).toString().isEmpty();
        return { 100, Theme::of(option.widget).px(phase ? PhaseHeight : StepHeight) };
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.widget);
        painter->save();
        painter->setClipRect(option.rect);
        if (const QString phase = index.data(StepModel::PhaseRole).toString(); !phase.isEmpty())
            paintPhase(*painter, theme, option.rect, phase);
        else
            paintStep(*painter, theme, option, index);
        painter->restore();
    }

private:
    static void paintPhase(QPainter &painter, const Theme &theme, const QRect &rect, const QString &phase)
    {
        painter.fillRect(rect, theme.color(Token::Alt));
        painter.setPen(theme.color(Token::Sep));
        painter.drawLine(
            QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right(), rect.bottom() + 0.5));
        painter.setFont(theme.font(FontRole::SecondaryStrong));
        painter.setPen(theme.color(Token::T2));
        const QRect words = rect.adjusted(theme.px(16), 0, -theme.px(8), 0);
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(phase, Qt::ElideRight, words.width()));
    }
    static void paintStep(
        QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        const bool selected = option.state & QStyle::State_Selected;
        painter.fillRect(option.rect, theme.color(selected ? Token::Sel : Token::Surface));
        painter.setPen(theme.color(Token::Grid));
        painter.drawLine(QPointF(option.rect.left(), option.rect.bottom() + 0.5),
            QPointF(option.rect.right(), option.rect.bottom() + 0.5));
        if (selected)
            painter.fillRect(
                QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.color(Token::Acc));
        QRect rest = option.rect.adjusted(theme.px(8), 0, -theme.px(12), -1);
        painter.setFont(theme.font(FontRole::Secondary));
        painter.setPen(theme.color(Token::T2));
        QRect number = rest;
        number.setWidth(theme.px(22));
        painter.drawText(
            number, Qt::AlignVCenter | Qt::AlignRight, index.data(StepModel::NumberRole).toString());
        rest.setLeft(number.right() + theme.px(9));
        paintMark(painter, theme, rest, Glyph(index.data(StepModel::GlyphRole).toInt()), true);
        paintAside(painter, theme, rest, index);
        paintMark(painter, theme, rest, Glyph(index.data(StepModel::DangerRole).toInt()), false);
        const bool loud = index.data(StepModel::LoudRole).toBool();
        painter.setFont(theme.font(loud ? FontRole::Strong : FontRole::Interface));
        painter.setPen(theme.color(Token::T1));
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(
                index.data(Qt::DisplayRole).toString(), Qt::ElideRight, rest.width()));
        if ((option.state & QStyle::State_HasFocus) != 0) {
            painter.setPen(QPen(theme.color(Token::AccLine), 2));
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2));
        }
    }
    // Takes its place off the rest.
    static void paintMark(QPainter &painter, const Theme &theme, QRect &rest, Glyph glyph, bool left)
    {
        if (glyph == Glyph::None)
            return;
        const int side = theme.px(16);
        const int top = rest.top() + (rest.height() - side) / 2;
        paintGlyph(
            painter, theme, glyph, QRect(left ? rest.left() : rest.right() - side + 1, top, side, side));
        if (left)
            rest.setLeft(rest.left() + side + theme.px(8));
        else
            rest.setRight(rest.right() - side - theme.px(6));
    }
    static void paintAside(QPainter &painter, const Theme &theme, QRect &rest, const QModelIndex &index)
    {
        const QString aside = index.data(StepModel::AsideRole).toString();
        if (aside.isEmpty())
            return;
        const bool waits = Glyph(index.data(StepModel::GlyphRole).toInt()) == Glyph::Waits;
        painter.setFont(theme.font(waits ? FontRole::SecondaryStrong : FontRole::Secondary));
        painter.setPen(theme.color(waits ? Token::Acc : Token::T2));
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight, aside);
        rest.setRight(rest.right() - painter.fontMetrics().horizontalAdvance(aside) - theme.px(8));
    }
};

Glyph dangerGlyph(Danger danger)
{
    switch (danger) {
    case Danger::None:
        return Glyph::None;
    case Danger::Interrupts:
        return Glyph::Attention;
    case Danger::Destroys:
        break;
    }
    return Glyph::Destructive;
}

} // namespace

void StepModel::show(const Procedure &procedure, const SessionState &state, Instant now)
{
    std::vector<Row> rows;
    QString phase;
    for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
        if (procedure.steps[i].phase != phase) {
            phase = procedure.steps[i].phase;
            rows.push_back({ phase, -1 });
        }
        rows.push_back({ {}, int(i) });
    }
    const bool same = rows == m_rows && procedure == m_procedure;
    if (!same)
        beginResetModel();
    m_procedure = procedure;
    m_state = state;
    m_now = now;
    m_rows = std::move(rows);
    if (!same)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

int StepModel::stepAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[std::size_t(row)].step : -1;
}

int StepModel::rowOf(std::size_t step) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].step == int(step))
            return int(row);
    }
    return -1;
}

int StepModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

Qt::ItemFlags StepModel::flags(const QModelIndex &index) const
{
    return stepAt(index.row()) < 0 ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QVariant StepModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    if (row.step >= 0)
        return stepData(std::size_t(row.step), role);
    if (role == PhaseRole || role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return oneLine(row.phase);
    return {};
}

QString StepModel::aside(std::size_t step) const
{
    const Step &one = m_procedure.steps[step];
    const StepProgress &progress = m_state.steps[step];
    if (waitsForPerson(one, progress.status))
        return RunWords::status(one, progress.status);
    const QString took = RunWords::took(progress, m_now);
    if (!took.isEmpty())
        return took;
    return one.expected ? RunWords::clock(*one.expected) : QString();
}

QVariant StepModel::stepData(std::size_t step, int role) const
{
    const Step &one = m_procedure.steps[step];
    const StepProgress &progress = m_state.steps[step];
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(one.title);
    case Qt::ToolTipRole:
        return plainTip(one.title);
    case Qt::AccessibleTextRole:
        return RunWords::tr("%1: %2, %3, %4")
            .arg(step + 1)
            .arg(oneLine(one.title), RunWords::status(one, progress.status), aside(step));
    case NumberRole:
        return QString::number(step + 1);
    case GlyphRole:
        return int(RunWords::glyph(one, progress.status));
    case DangerRole:
        return int(progress.status == StepStatus::Done ? Glyph::None : dangerGlyph(one.danger));
    case AsideRole:
        return aside(step);
    case LoudRole:
        return m_state.current == step && !m_state.over();
    default:
        return {};
    }
}

StepList::StepList(QWidget *parent)
    : QListView(parent)
    , m_model(new StepModel(this))
{
    setObjectName(u"steps"_s);
    setAccessibleName(RunWords::tr("Steps"));
    setModel(m_model);
    setItemDelegate(new StepDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &now) {
        const int step = m_model->stepAt(now.row());
        if (!m_choosing && step >= 0)
            Q_EMIT stepWanted(step);
    });
}

void StepList::show(const Procedure &procedure, const SessionState &state, Instant now)
{
    const auto before = chosen();
    const QScopedValueRollback quiet(m_choosing, true);
    m_model->show(procedure, state, now);
    if (before && !chosen() && *before < procedure.steps.size())
        setCurrentIndex(m_model->index(m_model->rowOf(*before)));
}

void StepList::choose(std::size_t step)
{
    const QScopedValueRollback quiet(m_choosing, true);
    const QModelIndex index = m_model->index(m_model->rowOf(step));
    if (index == currentIndex())
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

std::optional<std::size_t> StepList::chosen() const
{
    const int step = m_model->stepAt(currentIndex().row());
    return step < 0 ? std::nullopt : std::optional(std::size_t(step));
}

} // namespace tidemark
