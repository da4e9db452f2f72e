/* leak.h: what a foreign library loses once a process, or keeps where the leak checker does not look, is no leak of ours. Left out
 * by place and not by name: the checker would read the names of all libraries at the end of each test, which costs more than the test. */
#ifndef MEKTEP_LEAK_H
#define MEKTEP_LEAK_H

/* What is allocated between the two is never reported. They nest; without the sanitizer they are nothing. */
#ifdef __SANITIZE_ADDRESS__
void __lsan_disable(void);
void __lsan_enable(void);
#define leak_checker_off() __lsan_disable()
#define leak_checker_on() __lsan_enable()
#else
#define leak_checker_off() ((void)0)
#define leak_checker_on() ((void)0)
#endif

#endif
