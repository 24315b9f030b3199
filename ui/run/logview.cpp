#include "run/logview.h"

#include "run/runwords.h"
#include "theme/theme.h"
#include "widgets/amounts.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

class LogDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QFontMetrics metrics(Theme::of(option.widget).font(FontRole::MonoSmall));
        const QString text = index.data().toString();
        return { metrics.horizontalAdvance(text) + 24, Theme::of(option.widget).px(18) };
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.widget);
        const bool fold = index.data(Qt::UserRole).toBool();
        painter->save();
        painter->setClipRect(option.rect);
        const bool selected = option.state & QStyle::State_Selected;
        painter->fillRect(option.rect, theme.color(selected ? Token::Sel : Token::Console));
        const QRect rect = option.rect.adjusted(theme.px(16), 0, -theme.px(8), 0);
        painter->setFont(theme.font(fold ? FontRole::Small : FontRole::MonoSmall));
        painter->setPen(theme.color(fold ? Token::Acc : Token::T1));
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        painter->restore();
    }
};

} // namespace

void LogModel::show(std::vector<LogLine> lines)
{
    // Mostly lines are appended; what stands before them stays.
    std::size_t same = 0;
    while (same < m_lines.size() && same < lines.size() && m_lines[same] == lines[same])
        ++same;
    if (same < m_lines.size()) {
        beginRemoveRows({}, int(same), int(m_lines.size()) - 1);
        m_lines.resize(same);
        endRemoveRows();
    }
    if (same < lines.size()) {
        beginInsertRows({}, int(same), int(lines.size()) - 1);
        m_lines = std::move(lines);
        endInsertRows();
    }
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogLine &one = line(index.row());
    if (role == Qt::UserRole)
        return one.folded > 0;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    return one.folded > 0 ? RunWords::tr("%1 alike lines folded").arg(countWords(one.folded)) : one.text;
}

LogView::LogView(QWidget *parent)
    : QListView(parent)
    , m_model(new LogModel(this))
{
    setObjectName(u"log"_s);
    setAccessibleName(RunWords::tr("What the step says"));
    setModel(m_model);
    setItemDelegate(new LogDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setUniformItemSizes(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    dress();
    connect(&Theme::of(this), &Theme::changed, this, &LogView::dress);
    connect(this, &QListView::clicked, this, &LogView::openFold);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_showing)
            setFollows(value >= verticalScrollBar()->maximum());
    });
}

void LogView::dress()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Base, Theme::of(this).color(Token::Console));
    if (colors != palette())
        setPalette(colors);
}

void LogView::forget()
{
    m_opened.clear();
    m_output.clear();
    m_model->show({});
    setFollows(true);
}

void LogView::show(const QByteArray &output)
{
    const QScopedValueRollback showing(m_showing, true);
    m_output = output;
    m_model->show(foldedLog(output, m_opened));
    if (m_follows)
        scrollToBottom();
}

void LogView::setFollows(bool follows)
{
    if (follows == m_follows)
        return;
    m_follows = follows;
    if (follows) {
        const QScopedValueRollback showing(m_showing, true);
        scrollToBottom();
    }
    Q_EMIT followsChanged(follows);
}

void LogView::openFold(const QModelIndex &index)
{
    if (!index.isValid() || m_model->line(index.row()).folded == 0)
        return;
    setFollows(false);
    m_opened.insert(m_model->line(index.row()).line);
    show(m_output);
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space)
        setFollows(!m_follows);
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        openFold(currentIndex());
    else
        QListView::keyPressEvent(event);
}

} // namespace tidemark
