#include "widgets/bars.h"

#include "theme/accessiblerole.h"
#include "theme/theme.h"
#include "widgets/textlabel.h"

#include <QPainter>

namespace tidemark {

namespace {

constexpr auto Owner = "tidemarkOwner"; // the page a header control goes back to

void emptyOut(QHBoxLayout *row)
{
    while (QLayoutItem *item = row->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            // Goes out of sight with that, and stays hidden later only where its page hid it.
            widget->setParent(widget->property(Owner).value<QWidget *>());
        }
        delete item;
    }
}

void fill(QHBoxLayout *row, const std::vector<QWidget *> &widgets)
{
    for (QWidget *widget : widgets) {
        widget->setProperty(Owner, QVariant::fromValue(widget->parentWidget()));
        const bool hidden = widget->testAttribute(Qt::WA_WState_ExplicitShowHide) && widget->isHidden();
        row->addWidget(widget);
        widget->setVisible(!hidden);
    }
}

} // namespace

Ground::Ground(Token ground, Line line, QWidget *parent)
    : QWidget(parent)
    , m_ground(ground)
    , m_line(line)
{
}

void Ground::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(m_ground));
    const QColor line = theme.color(Token::Sep);
    switch (m_line) {
    case Line::None:
        break;
    case Line::Top:
        painter.fillRect(0, 0, width(), 1, line);
        break;
    case Line::Bottom:
        painter.fillRect(0, height() - 1, width(), 1, line);
        break;
    case Line::Left:
        painter.fillRect(0, 0, 1, height(), line);
        break;
    case Line::Right:
        painter.fillRect(width() - 1, 0, 1, height(), line);
        break;
    }
}

QScrollArea *makeScrolling(QWidget *content)
{
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return scroll;
}

PageHeader::PageHeader(QWidget *parent)
    : Ground(Token::Surface, Line::Bottom, parent)
    , m_title(new TextLabel({}, FontRole::PageTitle, Token::T1, this))
    , m_subtitle(new TextLabel({}, FontRole::Interface, Token::T2, this))
    , m_left(new QHBoxLayout)
    , m_right(new QHBoxLayout)
{
    setAccessibleRole(this, QAccessible::Heading);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 1);
    row->setSpacing(0);
    m_subtitle->setElided();
    row->addWidget(m_title);
    row->addSpacing(14);
    row->addWidget(m_subtitle);
    row->addLayout(m_left);
    row->addStretch(1);
    row->addLayout(m_right);
    m_left->setSpacing(8);
    m_right->setSpacing(8);
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void PageHeader::setSubtitle(const QString &subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
    m_left->setContentsMargins(subtitle.isEmpty() ? 0 : 14, 0, 0, 0);
}

void PageHeader::setControls(const std::vector<QWidget *> &left, const std::vector<QWidget *> &right)
{
    emptyOut(m_left);
    emptyOut(m_right);
    fill(m_left, left);
    fill(m_right, right);
}

QSize PageHeader::sizeHint() const
{
    return { Ground::sizeHint().width(), Theme::of(this).px(44) };
}

Footer::Footer(QWidget *parent)
    : Ground(Token::Alt, Line::Top, parent)
    , m_row(new QHBoxLayout(this))
    , m_words(new QHBoxLayout)
    , m_buttons(new QHBoxLayout)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_row->setContentsMargins(20, 1, 20, 0);
    m_row->addLayout(m_words, 1);
    m_row->addLayout(m_buttons);
    m_words->setSpacing(16);
    m_words->addStretch(1);
    m_buttons->setSpacing(10);
}

void Footer::addWords(QWidget *words)
{
    words->setMinimumWidth(1); // the buttons keep their room
    m_words->insertWidget(m_words->count() - 1, words);
}

void Footer::addButton(QWidget *button)
{
    m_buttons->addWidget(button);
}

// Words stand above the buttons, and then the buttons above each other, where the text is too large for one
// row.
void Footer::turn()
{
    const auto direct = [](QBoxLayout *layout, bool beside) {
        const auto way = beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
        if (layout->direction() != way)
            layout->setDirection(way);
    };
    int buttons = 0;
    for (int at = 0; at < m_buttons->count(); ++at)
        buttons += m_buttons->itemAt(at)->sizeHint().width() + m_buttons->spacing();
    const QMargins margins = m_row->contentsMargins();
    const int room = width() - margins.left() - margins.right();
    const bool beside = m_words->sizeHint().width() + buttons <= room;
    const int edge = beside ? 0 : Theme::of(this).px(8);
    m_row->setContentsMargins(margins.left(), 1 + edge, margins.right(), edge);
    direct(m_row, beside);
    direct(m_buttons, buttons <= room);
}

void Footer::resizeEvent(QResizeEvent *event)
{
    Ground::resizeEvent(event);
    turn();
}

bool Footer::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        turn();
    return Ground::event(event);
}

QSize Footer::sizeHint() const
{
    const QSize wanted = Ground::sizeHint();
    return { wanted.width(), std::max(wanted.height(), Theme::of(this).px(56)) };
}

QSize Footer::minimumSizeHint() const
{
    int widest = 0;
    for (int at = 0; at < m_buttons->count(); ++at)
        widest = std::max(widest, m_buttons->itemAt(at)->minimumSize().width());
    const QMargins margins = m_row->contentsMargins();
    return { widest + margins.left() + margins.right(), sizeHint().height() };
}

SidePane::SidePane(QWidget *parent)
    : Ground(Token::Alt, Line::Left, parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(17, 16, 16, 16);
    m_column->setSpacing(8);
    setNarrow(false);
}

void SidePane::setNarrow(bool narrow)
{
    m_narrow = narrow;
    const Theme &theme = Theme::of(this);
    setMinimumWidth(theme.px(narrow ? m_least : 320));
    setMaximumWidth(theme.px(narrow ? m_least : 380));
    updateGeometry();
}

QSize SidePane::sizeHint() const
{
    return { Theme::of(this).px(m_narrow ? m_least : 360), Ground::sizeHint().height() };
}

SectionHeader::SectionHeader(const QString &title, const QString &hint, QWidget *parent)
    : Ground(Token::Surface, Line::Bottom, parent)
    , m_hint(new TextLabel(hint, FontRole::Interface, Token::T3, this))
    , m_aside(new TextLabel({}, FontRole::Secondary, Token::T3, this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_hint->setElided();
    m_aside->setElided();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 1);
    row->addWidget(new TextLabel(title, FontRole::Strong, Token::T1, this));
    row->addWidget(m_hint);
    row->addStretch(1);
    row->addWidget(m_aside);
}

void SectionHeader::setHint(const QString &hint)
{
    m_hint->setText(hint);
}

void SectionHeader::setAside(const QString &aside)
{
    m_aside->setText(aside);
}

QSize SectionHeader::sizeHint() const
{
    return { Ground::sizeHint().width(), Theme::of(this).px(34) };
}

} // namespace tidemark
