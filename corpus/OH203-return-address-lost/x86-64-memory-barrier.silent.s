// arch: x86-64
// rule: OH203
// expect: silent
// flags: -O2
// source: gcc-12 -O2, __sync_synchronize(); found in libsqlite3's sqlite3MemoryBarrier
// why: a locked or with 0 on the return address is a memory barrier and writes back what was there

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	lock orq	$0, (%rsp)
	ret
	.cfi_endproc
	.size	f, .-f
