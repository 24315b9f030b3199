#pragma once

#include "overview/overviewwords.h"

namespace tidemark {

class GlyphMark;
class TextLabel;

// "4 of 5" with a dot for each, over what is counted.
class TallyMark : public QWidget
{
    Q_OBJECT

public:
    explicit TallyMark(const QString &label, QWidget *parent = nullptr);
    // The rest of the total is not known; a total of 0: nothing is promised.
    void setCount(const Tally &tally);
    void setLabel(const QString &label);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString figure() const;
    [[nodiscard]] int dots() const { return m_tally.total > 10 ? 0 : m_tally.total; }

    QString m_label;
    Tally m_tally;
};

// The sentence the overview opens with, and three counts.
class VerdictBar : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictBar(QWidget *parent = nullptr);
    void say(const VerdictWords &words);
    void count(const OverviewTallies &tallies, const QString &provenLabel);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    GlyphMark *m_glyph;
    TextLabel *m_sentence;
    TextLabel *m_support;
    TallyMark *m_rpo;
    TallyMark *m_rto;
    TallyMark *m_proven;
};

} // namespace tidemark
