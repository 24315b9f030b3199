#include "widgets/banner.h"

#include "theme/accessiblerole.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QPainter>

namespace tidemark {

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_mark(new GlyphMark(Glyph::Attention, 16, this))
    , m_title(new TextLabel({}, FontRole::Strong, Token::T1, this))
    , m_text(new TextLabel({}, FontRole::Interface, Token::T1, this))
    , m_detail(new TextLabel({}, FontRole::Mono, Token::T2, this))
    , m_aside(new TextLabel({}, FontRole::Secondary, Token::T2, this))
    , m_words(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_actions(new QHBoxLayout)
    , m_below(new QHBoxLayout)
{
    setAccessibleRole(this, QAccessible::AlertMessage);
    m_text->setWordWrap(true);
    m_detail->setWordWrap(true);
    m_detail->setSelectable();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 16, 6);
    row->setSpacing(9);
    row->addWidget(m_mark, 0, Qt::AlignTop);
    row->addLayout(m_words, 1);
    row->addWidget(m_aside);
    row->addLayout(m_actions);
    m_words->addWidget(m_title);
    m_words->addWidget(m_text, 1);
    m_words->addWidget(m_detail);
    m_words->addLayout(m_below);
    m_below->setSpacing(8);
    m_below->addStretch(1);
    m_actions->setSpacing(8);
    hide();
}

void Banner::showWarning(const QString &title, const QString &text)
{
    begin(Kind::Warning, Glyph::Attention, title);
    m_text->setText(text);
    arrange();
}

void Banner::setWords(const QString &title, const QString &text)
{
    m_title->setText(title);
    m_text->setText(text);
    setAccessibleName(plainText());
}

void Banner::showError(const QString &title, const Error &error)
{
    begin(Kind::Error, Glyph::Failed, title);
    const ErrorText words = errorText(error);
    m_text->setText(
        title == words.sentence ? words.hint : words.sentence + QStringLiteral(". ") + words.hint);
    m_detail->setText(error.detail);
    arrange();
}

void Banner::showError(const Error &error)
{
    showError(errorText(error).sentence, error);
}

void Banner::showDone(const QString &text)
{
    begin(Kind::Done, Glyph::Ok, text);
    arrange();
}

void Banner::setAside(const QString &text)
{
    m_aside->setText(text);
    m_aside->setVisible(!text.isEmpty());
}

QPushButton *Banner::addAction(const QString &text, std::function<void()> act)
{
    auto *button = makeSmallButton(text, this);
    if (m_kind == Kind::Done)
        setButtonKind(button, ButtonKind::Link);
    connect(button, &QPushButton::clicked, this, [act = std::move(act)] { act(); });
    if (m_kind == Kind::Error)
        m_below->insertWidget(m_below->count() - 1, button);
    else
        m_actions->addWidget(button);
    m_buttons.append(button);
    button->show();
    return button;
}

void Banner::clear()
{
    hide();
    for (QPushButton *button : std::exchange(m_buttons, {})) {
        button->hide();
        button->deleteLater(); // it may be the one that was clicked
    }
    m_aside->clear();
    m_aside->hide();
}

QString Banner::plainText() const
{
    QStringList lines;
    for (const TextLabel *label : { m_title, m_text, m_detail })
        if (!label->text().isEmpty())
            lines << label->text();
    return lines.join(u'\n');
}

void Banner::begin(Kind kind, Glyph glyph, const QString &title)
{
    clear();
    m_kind = kind;
    m_mark->setGlyph(glyph);
    m_title->setText(title);
    m_title->setRole(kind == Kind::Done ? FontRole::Interface : FontRole::Strong);
    m_text->clear();
    m_detail->clear();
}

void Banner::arrange()
{
    const bool tall = m_kind == Kind::Error;
    m_words->setDirection(tall ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_words->setSpacing(tall ? 3 : 10);
    m_title->setWordWrap(tall || m_text->text().isEmpty());
    m_words->setStretch(0, m_text->text().isEmpty() ? 1 : 0);
    m_text->setVisible(!m_text->text().isEmpty());
    m_detail->setVisible(!m_detail->text().isEmpty());
    setMinimumHeight(Theme::of(this).px(38));
    layout()->setAlignment(m_mark, tall ? Qt::AlignTop : Qt::AlignVCenter);
    layout()->setContentsMargins(16, tall ? 10 : 6, 16, tall ? 10 : 6);
    setAccessibleName(plainText());
    show();
    QAccessibleEvent said(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&said);
}

void Banner::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    switch (m_kind) {
    case Kind::Warning:
        painter.fillRect(rect(), theme.color(Token::WarnTint));
        break;
    case Kind::Error:
        painter.fillRect(rect(), theme.color(Token::FailTint));
        painter.fillRect(0, 0, 4, height(), theme.color(Token::FailFill));
        break;
    case Kind::Done:
        painter.fillRect(rect(), theme.color(Token::Surface));
        painter.setPen(theme.color(Token::Sep));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
        painter.fillRect(0, 0, 4, height(), theme.color(Token::OkFill));
        break;
    }
    if (theme.isHighContrast()) {
        painter.setPen(theme.color(Token::T1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    painter.fillRect(0, height() - 1, m_kind == Kind::Warning ? width() : 0, 1, theme.color(Token::Sep));
}

} // namespace tidemark
