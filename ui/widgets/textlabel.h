#pragma once

#include "theme/theme.h"

#include <QLabel>

namespace tidemark {

// Words in one of the theme's fonts and colours; follows a change of theme. Always plain text.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(const QString &text = {}, FontRole role = FontRole::Interface, Token token = Token::T1,
        QWidget *parent = nullptr);

    void setRole(FontRole role);
    void setToken(Token token);
    // Can be selected with mouse and keyboard, and copied.
    void setSelectable();
    // Elides at the right end instead of asking for the whole width; the tooltip has the rest.
    void setElided();

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void dress();

    Token m_token;
    bool m_elided = false;
};

// Links in a sentence: rich text with the theme's colours. Escape what goes into it.
class RichLabel : public QLabel
{
    Q_OBJECT

public:
    explicit RichLabel(
        const QString &html = {}, FontRole role = FontRole::Interface, QWidget *parent = nullptr);
};

} // namespace tidemark
