#include "theme/style.h"

#include "theme/styleparts.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QStyleFactory>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

template <class Option>
const Option *as(const QStyleOption *option)
{
    return qstyleoption_cast<const Option *>(option);
}

void keepAndRepaint(QWidget *widget, const char *property, const QVariant &value)
{
    widget->setProperty(property, value);
    widget->updateGeometry();
    widget->update();
}

void line(QPainter &painter, const QColor &color, const QPointF &from, const QPointF &to)
{
    painter.setPen(color);
    painter.drawLine(from, to);
}

} // namespace

void setButtonKind(QAbstractButton *button, ButtonKind kind)
{
    keepAndRepaint(button, "buttonKind", int(kind));
    if (kind == ButtonKind::Link)
        button->setCursor(Qt::PointingHandCursor);
}

void setSmall(QAbstractButton *button)
{
    button->setFont(Theme::of(button).font(FontRole::Secondary));
    keepAndRepaint(button, "small", true);
}

void setInvalid(QWidget *field, bool invalid)
{
    keepAndRepaint(field, "invalid", invalid);
}

Style::Style(const Theme &theme)
    : QProxyStyle(QStyleFactory::create(u"fusion"_s))
    , m_theme(theme)
{
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || widget->inherits("QAbstractSpinBox") || qobject_cast<QHeaderView *>(widget)
        || widget->inherits("QScrollBar") || qobject_cast<QMenuBar *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *tree = qobject_cast<QTreeView *>(widget))
        tree->setIndentation(m_theme.px(16));
}

// The palette is the theme's; Fusion would shade it.
void Style::polish(QPalette &) { }

void Style::polish(QApplication *app)
{
    QProxyStyle::polish(app);
}

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        if (const auto *frame = as<QStyleOptionFrame>(option); frame && frame->lineWidth > 0)
            parts::lineEdit(*painter, m_theme, *option, widget);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return parts::checkBox(*painter, m_theme, *option);
    case PE_IndicatorRadioButton:
        return parts::radioButton(*painter, m_theme, *option);
    case PE_PanelItemViewRow:
        if (const auto *item = as<QStyleOptionViewItem>(option))
            parts::itemRow(*painter, m_theme, *item, widget);
        return;
    case PE_PanelItemViewItem:
        if (const auto *item = as<QStyleOptionViewItem>(option))
            parts::itemPanel(*painter, m_theme, *item, widget);
        return;
    case PE_FrameFocusRect:
        if (!widget || qobject_cast<const QAbstractItemView *>(widget)) // trees name no widget
            parts::itemFocus(*painter, m_theme, option->rect);
        return; // controls get the focus frame
    case PE_IndicatorBranch:
        return parts::branch(*painter, m_theme, *option);
    case PE_PanelMenu:
        painter->fillRect(option->rect, m_theme.color(Token::Surface));
        return;
    case PE_FrameMenu:
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameWindow:
        painter->setPen(m_theme.color(element == PE_Frame ? Token::Sep : Token::Line));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5));
        return;
    case PE_PanelTipLabel:
        return parts::box(
            *painter, option->rect, m_theme.color(Token::Surface), m_theme.color(Token::Line), 0);
    case PE_IndicatorHeaderArrow: // beside the label instead
    case PE_PanelMenuBar:
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_PushButton:
        if (const auto *button = as<QStyleOptionButton>(option))
            parts::pushButton(*painter, m_theme, *button, widget);
        return;
    case CE_ComboBoxLabel:
        if (const auto *combo = as<QStyleOptionComboBox>(option))
            parts::comboLabel(*painter, m_theme, *combo);
        return;
    case CE_HeaderSection:
        if (const auto *header = as<QStyleOptionHeader>(option))
            parts::headerSection(*painter, m_theme, *header);
        return;
    case CE_HeaderLabel:
        if (const auto *header = as<QStyleOptionHeader>(option))
            parts::headerLabel(*painter, m_theme, *header);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, m_theme.color(Token::Alt));
        return line(*painter, m_theme.color(Token::Sep),
            QRectF(option->rect).adjusted(0, 0, 0, -0.5).bottomLeft(),
            QRectF(option->rect).adjusted(0, 0, 0, -0.5).bottomRight());
    case CE_MenuBarItem:
        if (const auto *item = as<QStyleOptionMenuItem>(option))
            parts::menuBarItem(*painter, m_theme, *item);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, m_theme.color(Token::Win));
        return;
    case CE_MenuItem:
        if (const auto *item = as<QStyleOptionMenuItem>(option))
            parts::menuItem(*painter, m_theme, *item);
        return;
    case CE_ProgressBar:
        if (const auto *bar = as<QStyleOptionProgressBar>(option))
            parts::progressBar(*painter, m_theme, *bar);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, m_theme.color(Token::Sep));
        return;
    case CE_FocusFrame:
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_theme.color(Token::AccLine), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 5, 5);
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ToolButton:
        if (const auto *button = as<QStyleOptionToolButton>(option))
            parts::toolButton(*painter, m_theme, *button, widget);
        return;
    case CC_ComboBox:
        if (const auto *combo = as<QStyleOptionComboBox>(option))
            parts::comboBox(*painter, m_theme, *combo, widget);
        return;
    case CC_SpinBox:
        if (const auto *spin = as<QStyleOptionSpinBox>(option))
            parts::spinBox(*painter, m_theme, *spin, widget);
        return;
    case CC_ScrollBar:
        if (const auto *bar = as<QStyleOptionSlider>(option))
            parts::scrollBar(*painter, m_theme, *bar);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents:
        if (const auto *frame = as<QStyleOptionFrame>(option); frame && frame->lineWidth > 0)
            return option->rect.adjusted(6, 1, -6, -1);
        return option->rect;
    case SE_HeaderLabel:
        return option->rect.adjusted(8, 0, -8, 0);
    case SE_PushButtonFocusRect:
        return option->rect;
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    const QRect all = option->rect;
    if (control == CC_ScrollBar) {
        if (const auto *bar = as<QStyleOptionSlider>(option))
            return parts::scrollBarPart(*bar, part, m_theme.px(24));
    }
    if (control == CC_ComboBox && part == SC_ComboBoxArrow)
        return visualRect(option->direction, all,
            { all.right() - m_theme.px(24), all.top(), m_theme.px(24), all.height() });
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return visualRect(option->direction, all, all.adjusted(5, 1, -m_theme.px(24), -1));
    if (control == CC_SpinBox && part == SC_SpinBoxEditField)
        return visualRect(option->direction, all, all.adjusted(6, 1, -m_theme.px(20), -1));
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    const int control = std::max(m_theme.px(26), option ? option->fontMetrics.height() + 8 : 0);
    switch (type) {
    case CT_PushButton:
        if (const auto *button = as<QStyleOptionButton>(option))
            return parts::pushButtonSize(m_theme, *button, widget);
        return size;
    case CT_ToolButton:
        if (const auto *button = as<QStyleOptionToolButton>(option))
            return parts::toolButtonSize(m_theme, *button, widget);
        return size;
    case CT_LineEdit:
        if (const auto *frame = as<QStyleOptionFrame>(option); frame && frame->lineWidth == 0)
            return size;
        return { size.width() + 12, control };
    case CT_SpinBox:
        return { size.width() + m_theme.px(30), control };
    case CT_ComboBox:
        return { size.width() + m_theme.px(42), control };
    case CT_HeaderSection: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return { base.width() + 12, std::max(m_theme.px(26), option->fontMetrics.height() + 8) };
    }
    case CT_MenuBarItem:
        return { size.width() + 16, std::max(m_theme.px(26), size.height() + 8) };
    case CT_MenuItem:
        if (const auto *item = as<QStyleOptionMenuItem>(option))
            return parts::menuItemSize(m_theme, *item, size);
        return size;
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return { base.width(), std::max(m_theme.px(26), base.height()) };
    }
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
    case PM_DefaultFrameWidth:
        return 1;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuHMargin:
        return 0;
    case PM_MenuBarVMargin:
        return 4;
    case PM_MenuBarHMargin:
        return 6;
    case PM_MenuBarPanelWidth:
    case PM_MenuBarItemSpacing:
        return 0;
    case PM_ScrollBarExtent:
        return 12;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return m_theme.px(15);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 7;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_ListViewIconSize:
        return m_theme.px(16);
    case PM_FocusFrameHMargin: // of items, the margin of their text
        return qobject_cast<const QAbstractItemView *>(widget) ? 7 : 2;
    case PM_FocusFrameVMargin:
        return 2;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_HeaderMargin: // also sets the least height of rows
        return 3;
    case PM_TreeViewIndentation:
        return m_theme.px(16);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *result) const
{
    switch (hint) {
    case SH_FocusFrame_Mask:
        return 0;
    case SH_FocusFrame_AboveWidget:
        return 1;
    case SH_Menu_MouseTracking:
    case SH_MenuBar_MouseTracking:
    case SH_UnderlineShortcut:
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ComboBox_Popup:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    case SH_Table_GridLineColor:
        return int(m_theme.color(Token::Grid).rgb());
    default:
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

QIcon Style::standardIcon(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const
{
    if (standard == SP_LineEditClearButton)
        return m_theme.icon(u"x"_s);
    return QProxyStyle::standardIcon(standard, option, widget);
}

} // namespace tidemark
