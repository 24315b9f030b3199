#pragma once

#include "items/cell.h"
#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QWidget>

namespace tidemark {

[[nodiscard]] Glyph glyphOf(Standing standing);

// One state glyph in a layout. Its words are read out unless others are set.
class GlyphMark : public QWidget
{
    Q_OBJECT

public:
    explicit GlyphMark(Glyph glyph, int size = 16, QWidget *parent = nullptr);
    void setGlyph(Glyph glyph);
    [[nodiscard]] Glyph glyph() const { return m_glyph; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph;
    int m_size;
};

// One line icon in a layout; decoration, so not read out.
class IconMark : public QWidget
{
    Q_OBJECT

public:
    IconMark(const QString &name, Token token = Token::T2, int size = 16, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    Token m_token;
    int m_size;
};

// A state or a property in a small tinted box: glyph and one or two words.
class StateChip : public QWidget
{
    Q_OBJECT

public:
    StateChip(Glyph glyph, const QString &text, QWidget *parent = nullptr);
    // Without a glyph: grey, or the accent for something that was decided.
    explicit StateChip(const QString &text, bool accent = false, QWidget *parent = nullptr);
    void setState(Glyph glyph, const QString &text);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QFont chipFont() const;
    [[nodiscard]] Token ground() const;
    [[nodiscard]] Token ink() const;

    Glyph m_glyph = Glyph::None;
    QString m_text;
    bool m_accent = false;
};

} // namespace tidemark
