// arch: x86-64
// rule: OH104
// expect: silent
// flags: -O2
// why: data between the instructions is not reached: the jmp goes over it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	%edi, %eax
	jmp	.L2
	.byte	0x06, 0x16, 0x1e, 0x60
.L2:
	addl	$7, %eax
	ret
	.cfi_endproc
	.size	f, .-f
