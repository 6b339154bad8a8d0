#ifndef C_TANDEM_CODECS_H
#define C_TANDEM_CODECS_H
#endif
